"""One look: what is late, what is not late though it is due, what comes within the hour."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.sample import guest
from tests.services.office import anne_and_bruno_came, office, opened, store_of
from worker.domain.life import Part
from worker.domain.lifecycle import State
from worker.domain.person import Presence
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.queues import StepQueue, queues
from worker.services.tend import tick
from worker.services.tools import Limits, Tools


@pytest.fixture
def tools() -> Tools:
    """Anne and Bruno came; their thank-you is due three hours after the end."""
    return anne_and_bruno_came(office(limits=Limits(undo=timedelta(minutes=1)), broken_for="bruno"))


def _step(tools: Tools, name: str = "thank-you") -> StepQueue:
    [edition] = queues(tools, ["cafe-12"]).editions
    return next(step for step in edition.steps if step.name == name)


def _turn(tools: Tools, gap: timedelta) -> None:
    store_of(tools).set_clock(tools.store.now() + gap)


def test_what_is_due_within_the_hour_is_told_before_it_is_late(tools: Tools) -> None:
    _turn(tools, timedelta(hours=2, minutes=10))
    before = _step(tools)

    _turn(tools, timedelta(hours=1, minutes=10))
    after = _step(tools)

    assert (before.soon, before.late.messages) == (2, 0)
    assert (after.soon, after.late.messages, after.late.oldest) == (0, 2, timedelta(minutes=20))


def test_what_may_not_leave_is_not_late(tools: Tools) -> None:
    _turn(tools, timedelta(hours=5))
    campaign.pause(tools, "cafe-12", "")

    assert (_step(tools).late.messages, _step(tools).soon) == (0, 0)


def test_the_undo_minute_is_no_lateness(tools: Tools) -> None:
    campaign.cancel(tools, "cafe-12")
    opened(tools, guest("Clara", presence=Presence.PRESENT))
    _turn(tools, timedelta(hours=5))
    late = tools.store.now()
    tools.store.steer(type(tools.store.campaign("cafe-12"))("cafe-12"))
    campaign.arm(tools, "cafe-12")

    assert tools.store.campaign("cafe-12").hold_until == late + timedelta(minutes=1)
    assert _step(tools).late.messages == 0


def test_counts_sum_to_the_plan_and_the_dead_are_named(tools: Tools) -> None:
    _turn(tools, timedelta(hours=4))
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)

    step, [edition] = _step(tools), queues(tools, ["cafe-12"]).editions
    assert (step.states[State.SENT], step.states[State.DEAD]) == (1, 1)
    assert [(str(r.key), r.reason) for r in edition.unsettled] == [
        ("cafe-12.thank-you.bruno", Reason.COMPOSE_FAILED)
    ]
    assert sum(step.states.values()) == sum(r.key.step == "thank-you" for r in tools.store.records("cafe-12"))


def test_a_tick_is_a_sign_of_life(tools: Tools) -> None:
    tick(tools, lambda _lane, _hands: None)

    assert [sign.part for sign in queues(tools).signs] == [Part.TICK]


def test_every_edition_is_looked_at_unless_some_are_named(tools: Tools) -> None:
    assert {queue.campaign.edition for queue in queues(tools).editions} >= {"cafe-12"}
    assert [queue.campaign.edition for queue in queues(tools, ["cafe-99"]).editions] == ["cafe-99"]
