"""Mails that a person should look at: kept aside, once each."""

from __future__ import annotations

from worker.domain.inbound import Aside, Why
from worker.mail.description import Description
from worker.ports.mailroom import Folder
from worker.services.heard import TakenIn
from worker.services.tools import Tools


def keep_aside(tools: Tools, mail: Description, why: Why, *, meeting: str = "", person: str = "") -> TakenIn:
    """List it, with whose it is as far as we know."""
    aside = Aside(
        mail=mail.name,
        why=why,
        received=tools.store.now(),
        meeting=meeting,
        person=person,
        sender=mail.sender,
        subject=mail.subject,
    )
    tools.store.keep_aside(aside)
    return TakenIn(Folder.ASIDE)
