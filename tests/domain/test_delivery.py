"""What a reply makes of a message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from worker.domain.delivery import Claim, backoff, judge
from worker.domain.lifecycle import TRANSITIONS, State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason
from worker.domain.reply import Phase, Reply

NOON = datetime(2026, 12, 8, 12, 0, tzinfo=UTC)
KEY = MessageKey("cafe-12", "nudge", "anne")


def claimed(*, tries: int = 0, until: datetime | None = None) -> Claim:
    return Claim(KEY, "token", NOON, until, generation=1, tries=tries)


def test_greylisting_is_tried_again_after_five_then_fifteen_minutes() -> None:
    greylisted = Reply(Phase.RCPT, 450, "4.7.1 greylisted")

    first, second = (judge(claimed(tries=tries), greylisted, NOON) for tries in (0, 1))

    assert (first.state, first.due) == (State.DEFERRED, NOON + timedelta(minutes=5))
    assert second.due == NOON + timedelta(minutes=15)


def test_a_refusal_for_now_past_its_time_is_given_up() -> None:
    last_chance = claimed(tries=3, until=NOON + timedelta(minutes=30))

    settlement = judge(last_chance, Reply(Phase.RCPT, 450, "later"), NOON)

    assert (settlement.state, settlement.reason) == (State.BOUNCED, Reason.GAVE_UP)


def test_a_relay_that_is_down_blames_no_message() -> None:
    settlement = judge(claimed(), Reply(Phase.CONNECT, text="refused"), NOON)

    assert (settlement.state, settlement.reason) == (State.SCHEDULED, Reason.RELAY_DOWN)
    assert settlement.due == NOON + timedelta(seconds=1)


def test_a_line_lost_after_the_dot_is_a_doubt() -> None:
    assert judge(claimed(), Reply(Phase.DOT), NOON).state is State.IN_DOUBT


def test_a_doubt_says_whether_the_line_was_lost_or_we_left() -> None:
    lost, left = (judge(claimed(), Reply(phase), NOON).reason for phase in (Phase.DOT, Phase.STOPPED))

    assert (lost, left) == (Reason.LOST_AFTER_DOT, Reason.SHUTDOWN)


def test_what_we_did_not_begin_keeps_its_due_time() -> None:
    settlement = judge(claimed(), Reply(Phase.GATE, text="stopping"), NOON)

    assert (settlement.state, settlement.reason) == (State.SCHEDULED, Reason.RETURNED)
    assert settlement.due == claimed().due


@given(st.sampled_from(Phase), st.integers(0, 599), st.integers(0, 20))
def test_every_reply_leads_to_a_lawful_state_and_waits_exactly_when_due(
    phase: Phase, code: int, tries: int
) -> None:
    settlement = judge(claimed(tries=tries), Reply(phase, code), NOON)

    before = State.SENDING if phase in {Phase.DOT, Phase.STOPPED} else State.CLAIMED
    assert settlement.state in TRANSITIONS[before] or code in range(1, 400)
    assert (settlement.due is not None) == (settlement.state in {State.SCHEDULED, State.DEFERRED})


@given(st.integers(0, 50))
def test_waits_never_shrink(tries: int) -> None:
    assert backoff(tries) <= backoff(tries + 1) <= timedelta(hours=4)
