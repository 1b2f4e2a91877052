"""A "stop" that came by mail: from the mailto of List-Unsubscribe, or in somebody's own words."""

from __future__ import annotations

from worker.domain.inbound import AskedToStop
from worker.domain.sequence import Purpose
from worker.mail.stop_words import asks_to_stop
from worker.mail.tokens import WayOut
from worker.ports.mailroom import Folder
from worker.services.heard import Heard, TakenIn
from worker.services.tools import Tools
from worker.services.withdraw import Extent, follow, withdraw


def stop_asked(tools: Tools, asked: AskedToStop) -> TakenIn:
    """As the link in the same mail does: no more of this purpose."""
    withdraw(tools, WayOut(asked.series, asked.purpose, asked.person), Extent.PURPOSE)
    follow(tools)
    return TakenIn(Folder.DONE)


def listen(tools: Tools, heard: Heard) -> TakenIn | None:
    """« stop », « désinscription »: nothing more to this person, of whatever purpose.

    Of a forwarded mail it is the one who writes, where we know them, and not the one it was forwarded by.
    """
    if not asks_to_stop(heard.wrote.words, heard.mail.subject):
        return None
    edition = tools.store.edition(heard.edition) if heard.edition else None
    if edition is None:
        return None
    known = tools.store.guests(edition.id, [heard.wrote.claimed])
    person = heard.wrote.claimed if known else heard.person
    withdraw(tools, WayOut(edition.series.id, Purpose.INVITATIONS, person), Extent.EVERYTHING)
    follow(tools)
    return TakenIn(Folder.DONE)
