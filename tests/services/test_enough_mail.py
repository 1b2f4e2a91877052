"""One mail a day and three of an edition, through planning, delivery and `why`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.enlisted import enlist
from tests.sample import PARIS, cafe, guest, meeting
from tests.services.office import office, opened, sent, states, store_of
from worker.domain.caps import Caps
from worker.domain.change import Details
from worker.domain.facts import Facts
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.person import Consent, Guest, Presence
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.edition_changes import change
from worker.services.invitations import invitation
from worker.services.material import Openings, gather_material
from worker.services.tools import Limits, Tools

ANNE = guest("Anne", presence=Presence.PRESENT)


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


def _turn(tools: Tools, **gap: float) -> None:
    store_of(tools).set_clock(tools.store.now() + timedelta(**gap))


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()


def _armed_and_away(*guests: Guest, **gap: float) -> Tools:
    """Everything is planned, and no worker looks for so long."""
    tools = office(limits=Limits(undo=timedelta(0), caps=Caps(1, 3)))
    opened(tools, *guests)
    campaign.arm(tools, "cafe-12")
    _turn(tools, **gap)
    return tools


def test_a_worker_back_after_days_off_sends_one_a_day_and_why_says_so() -> None:
    tools = _armed_and_away(
        guest("Anne", presence=Presence.PRESENT, introduced=Consent.GIVEN), days=2, hours=23
    )
    days = []
    for _ in range(3):
        before = len(sent(tools))
        _work(tools)
        days.append([key.split(".")[1] for key in sent(tools)[before:]])
        _turn(tools, days=1)
        if tools.store.now().isoweekday() > 5:
            _turn(tools, days=2)

    assert days == [["thank-you"], ["invitation"], ["nudge"]]
    turned = [e for e in tools.store.entries("cafe-12", "anne") if e.reason is Reason.ONE_A_DAY]
    assert {entry.key.step for entry in turned} == {"invitation", "nudge"}


def test_what_is_not_wanted_any_more_on_the_next_day_is_enough() -> None:
    tools = _armed_and_away(ANNE, hours=27)
    tools.store.plan(
        Plan(
            "cafe-12",
            (
                Wanted(
                    MessageKey("cafe-12", "invitation", "anne"),
                    tools.store.now(),
                    tools.store.now() + timedelta(hours=9),
                ),
            ),
        ),
        {},
        reason=Reason.REPLANNED,
    )
    _work(tools)

    assert states(tools)["invitation.anne"] == "skipped enough"


def test_two_workers_at_once_do_not_send_two_to_one_person() -> None:
    tools = _armed_and_away(ANNE, hours=27)
    [first] = tools.store.claim(Lane.CAMPAIGN, token="slow", limit=1, lease=timedelta(hours=1))
    _work(tools)
    assert sent(tools) == ["cafe-12.invitation.anne"]

    facts = gather_material(tools, (first,))[first]
    assert isinstance(facts, Facts)
    opening = Openings(tools, tools.store.now()).of(first, facts)

    assert tools.store.open_gate([opening], lease=timedelta(hours=1)) == {first.key: Reason.ONE_A_DAY}


def test_what_another_edition_sends_is_counted_when_planning_and_at_the_gate() -> None:
    tools = _armed_and_away(ANNE, hours=23)
    tools.store.save_edition(replace(cafe(11), meeting=meeting(11, cafe(12).meeting.start)))
    enlist(tools, "cafe-11", [ANNE])
    campaign.arm(tools, "cafe-11")

    taken = {_day(r.due) for r in tools.store.records("cafe-12") if r.key.person == "anne" and r.due}
    planned = {_day(r.due) for r in tools.store.records("cafe-11") if r.key.person == "anne" and r.due}
    for _ in range(9):
        _work(tools)
        _turn(tools, hours=24)

    editions = ("cafe-11", "cafe-12")
    entries = [entry for name in editions for entry in tools.store.entries(name, "anne")]
    days = Counter(_day(entry.at) for entry in entries if entry.after is State.SENT)
    assert taken.isdisjoint(planned)
    assert days.total() == 4
    assert max(days.values()) == 1


def test_a_change_of_the_cafe_is_told_on_the_same_day() -> None:
    tools = _armed_and_away(ANNE, hours=4)
    _work(tools)
    _turn(tools, hours=20)
    _work(tools)
    invited = invitation(tools.store, "cafe-13")
    change(tools, invited, Details(start=invited.meeting.start + timedelta(hours=1)))
    while deliver_batch(tools, Lane.URGENT, go_on=lambda: True):
        pass

    assert [key.split(".")[1] for key in sent(tools) if key.endswith(".anne")] == [
        "thank-you",
        "invitation",
        "update-1",
    ]
