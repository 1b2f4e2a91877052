"""One mail a day and three of an edition, through planning, delivery and `why`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.enlisted import enlist
from tests.sample import guest
from tests.services.office import office, opened, sent, states, store_of
from worker.domain.caps import Caps
from worker.domain.person import Presence
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.tools import Limits, Tools


@pytest.fixture
def tools() -> Tools:
    """It is Wednesday, 8:30, the day after; nobody is marked yet, so that thanks have waited."""
    tools = office(limits=Limits(undo=timedelta(0), caps=Caps(1, 3)))
    opened(tools, guest("Anne"))
    store_of(tools).set_clock(tools.store.now() + timedelta(hours=22, minutes=30))
    campaign.arm(tools, "cafe-12")
    enlist(tools, "cafe-12", [guest("Anne", presence=Presence.PRESENT)])
    campaign.reschedule(tools, "cafe-12")
    return tools


def _work(tools: Tools) -> None:
    while deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True):
        pass


def test_of_two_due_together_one_waits_for_the_next_day_and_why_says_so(tools: Tools) -> None:
    _work(tools)
    today = sent(tools)
    waiting = states(tools)["invitation.anne"]
    store_of(tools).set_clock(tools.store.now() + timedelta(hours=25))
    _work(tools)

    assert today == ["cafe-12.thank-you.anne"]
    assert waiting == "scheduled one_a_day"
    assert sent(tools) == ["cafe-12.thank-you.anne", "cafe-12.invitation.anne"]
    reasons = [e.reason for e in tools.store.entries("cafe-12", "anne") if e.key.step == "invitation"]
    assert Reason.ONE_A_DAY in reasons


def test_planning_anew_after_it_left_does_not_bring_the_other_back_to_today(tools: Tools) -> None:
    _work(tools)
    campaign.reschedule(tools, "cafe-12")
    _work(tools)

    assert sent(tools) == ["cafe-12.thank-you.anne"]
    assert states(tools)["invitation.anne"] == "scheduled one_a_day"
