"""A Café that people are invited to, and what organizers do with it."""

from __future__ import annotations

from datetime import timedelta

from tests.sample import guest
from tests.services.incoming import office_with_mailbox
from tests.services.office import opened, sent, store_of
from worker.domain.change import Details
from worker.domain.edition import Meeting
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.invitations import Invitation, invitation
from worker.services.tools import Tools

ANNE, BRUNO = guest("Anne"), guest("Bruno")


def invited(tools: Tools) -> Invitation:
    return invitation(tools.store, "cafe-13")


def meeting(tools: Tools) -> Meeting:
    return invited(tools).meeting


def half_an_hour_later(tools: Tools) -> Details:
    return Details(start=meeting(tools).start + timedelta(minutes=30))


def deliver_what_is_due(tools: Tools) -> None:
    while sum(deliver_batch(tools, lane, go_on=lambda: True) for lane in Lane):
        pass


def a_day_passes(tools: Tools) -> None:
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    deliver_what_is_due(tools)


def armed() -> Tools:
    """Nobody has the invitation yet."""
    tools = office_with_mailbox()
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")
    return tools


def everybody_invited() -> Tools:
    """Anne and Bruno have the invitation."""
    tools = armed()
    a_day_passes(tools)
    assert got(tools) == ["invitation.anne", "invitation.bruno"]
    return tools


def got(tools: Tools) -> list[str]:
    """What guests got; their organizers are asked who was there."""
    return sorted(key.partition(".")[2] for key in sent(tools) if not key.endswith(".paule"))


def changes_sent(tools: Tools) -> list[str]:
    return [key for key in got(tools) if not key.startswith("invitation.")]
