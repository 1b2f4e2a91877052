"""Mails that a person should look at: kept aside, once each, and forwarded where somebody should answer."""

from __future__ import annotations

from worker.domain.inbound import Aside, Why
from worker.mail.description import Description
from worker.ports.mailroom import Folder
from worker.services.forwarding import forward, numbered
from worker.services.heard import TakenIn
from worker.services.tools import Tools


def keep_aside(
    tools: Tools, mail: Description, raw: bytes, why: Why, *, meeting: str = "", person: str = ""
) -> TakenIn:
    """List it, with whose it is as far as we know."""
    listed = next((one for one in tools.store.kept_aside() if one.mail == mail.name), None)
    if listed is None:
        aside = Aside(
            mail=mail.name,
            why=why,
            received=tools.store.now(),
            meeting=meeting,
            person=person,
            sender=mail.sender,
            subject=mail.subject,
        )
        listed = numbered(tools, aside, raw)
        tools.store.keep_aside(listed)
    forward(tools, listed)
    return TakenIn(Folder.ASIDE)
