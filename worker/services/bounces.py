"""A report that a message of ours was not delivered: its state, and what it says of the address."""

from __future__ import annotations

from worker.domain.address import normalise
from worker.domain.evidence import Evidence, Finding
from worker.domain.inbound import Bounced
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reply import says_address_is_bad
from worker.domain.suppression import Cause, Suppression
from worker.ports.mailroom import Folder
from worker.services.aftermath import watch_campaign
from worker.services.evidence import hear
from worker.services.heard import TakenIn
from worker.services.tools import Tools


def bounced(tools: Tools, report: Bounced) -> TakenIn:
    """Record it; read again later while the message is still with the relay, for then its try has no end yet."""
    if _is_leaving(tools, report.key):
        return TakenIn(None)
    if hear(tools.store, Evidence(report.key, Finding.BOUNCED)):
        watch_campaign(tools, report.key.edition)
    if not says_address_is_bad(report.status):
        return TakenIn(Folder.DONE)
    return TakenIn(Folder.DONE, replan=_never_again(tools, report))


def _is_leaving(tools: Tools, key: MessageKey) -> bool:
    return any(record.state is State.SENDING for record in tools.store.records_of([key]))


def _never_again(tools: Tools, report: Bounced) -> frozenset[str]:
    """Suppress the address that the message went to, as the list has it now."""
    edition, person = report.key.edition, report.key.person
    guest = tools.store.guests(edition, [person]).get(person)
    if guest is None:
        return frozenset()
    fingerprint = tools.fingerprint(normalise(guest.person.address))
    note = f"{report.status} {report.key}"
    tools.store.suppress(Suppression(fingerprint, Cause.ADDRESS_BAD, tools.store.now(), note=note))
    return frozenset({edition})
