"""The judges are judged: each invariant finds the violation it is for, and lets a good history pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.faults import invariants
from tests.faults.history import History, Injected, Received
from tests.faults.invariants import violations
from worker.domain.ledger import Entry, Record
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason
from worker.domain.window import Hours

NOON = datetime(2026, 12, 8, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANNE = MessageKey("cafe-12", "thank-you", "anne")
WINDOW = Hours(time(8), time(19, 30), frozenset(range(5))).on(ZoneInfo("Europe/Paris"), frozenset())
SENT = Record(ANNE, State.SENT, None, NOON + HOUR, Reason.ACCEPTED, 1)
LIFE = (
    Entry(ANNE, NOON - HOUR, None, State.SCHEDULED, Reason.PLANNED, due=NOON),
    Entry(ANNE, NOON, State.SCHEDULED, State.CLAIMED, Reason.DUE),
    Entry(ANNE, NOON, State.CLAIMED, State.SENDING, Reason.GATE),
    Entry(ANNE, NOON, State.SENDING, State.SENT, Reason.ACCEPTED),
)
GOOD = History(
    "cafe-12",
    (SENT,),
    LIFE,
    (Received(str(ANNE), "<1@x>"),),
    {("thank-you", State.SENT): 1},
    WINDOW,
    group=10,
)
AGAIN = Entry(ANNE, NOON, State.IN_DOUBT, State.SCHEDULED, Reason.AGAIN, due=NOON)


def as_is(state: State, reason: Reason) -> History:
    """Anne's message ended like this, and nothing arrived."""
    record = replace(SENT, state=state, reason=reason)
    return replace(GOOD, records=(record,), received=(), counts={("thank-you", state): 1})


def at_the_gate(moment: datetime) -> History:
    """Anne's message passed its gate at this moment."""
    passed = replace(LIFE[2], at=moment)
    return replace(GOOD, entries=(*LIFE[:2], passed, LIFE[3]))


def test_a_good_history_passes() -> None:
    assert violations(GOOD) == []


@pytest.mark.parametrize(
    ("history", "broken"),
    [
        (replace(GOOD, ended=False), invariants.the_run_ends),
        (as_is(State.CLAIMED, Reason.DUE), invariants.the_run_ends),
        (replace(GOOD, received=()), invariants.nothing_is_lost),
        (replace(as_is(State.SKIPPED, Reason.EXPIRED), received=GOOD.received), invariants.nothing_is_lost),
        (
            replace(GOOD, received=(*GOOD.received, Received("cafe-12.nudge.zoe", "<2@x>"))),
            invariants.nothing_is_lost,
        ),
        (replace(GOOD, received=GOOD.received * 2), invariants.nothing_is_doubled),
        (
            replace(GOOD, entries=(*LIFE, AGAIN), received=(*GOOD.received, Received(str(ANNE), "<2@x>"))),
            invariants.nothing_is_doubled,
        ),
        (as_is(State.IN_DOUBT, Reason.WORKER_LOST), invariants.most_are_sent),
        (
            replace(GOOD, entries=(*LIFE[:3], replace(LIFE[3], after=State.IN_DOUBT))),
            invariants.doubts_are_bounded,
        ),
        (as_is(State.SKIPPED, Reason.EXPIRED), invariants.every_end_names_its_cause),
        (as_is(State.DEAD, Reason.POISON), invariants.every_end_names_its_cause),
        (as_is(State.BOUNCED, Reason.REFUSED), invariants.every_end_names_its_cause),
        (replace(GOOD, counts={("thank-you", State.SENT): 2}), invariants.counts_sum),
        (at_the_gate(NOON - timedelta(seconds=1)), invariants.no_gate_at_a_wrong_time),
        (at_the_gate(NOON + 2 * HOUR), invariants.no_gate_at_a_wrong_time),
        (
            replace(at_the_gate(NOON + 9 * HOUR), records=(replace(SENT, until=None),)),
            invariants.no_gate_at_a_wrong_time,
        ),
        (replace(GOOD, injected=Injected(pauses=((1, 3),))), invariants.no_gate_against_a_decision),
        (replace(GOOD, injected=Injected(suppressed={"anne": 1})), invariants.no_gate_against_a_decision),
    ],
)
def test_a_violation_is_found(history: History, broken: invariants.Invariant) -> None:
    found = list(broken(history))

    assert found


@pytest.mark.parametrize(
    "history",
    [
        replace(GOOD, entries=(*LIFE, AGAIN), received=GOOD.received * 2),
        replace(as_is(State.SKIPPED, Reason.SUPPRESSED), injected=Injected(suppressed={"anne": 9})),
        replace(as_is(State.BOUNCED, Reason.REFUSED), injected=Injected(refused=frozenset({"anne"}))),
        replace(as_is(State.DEAD, Reason.POISON), injected=Injected(poisoned=frozenset({ANNE}))),
        replace(GOOD, injected=Injected(pauses=((0, 2), (3, 4)), suppressed={"anne": 3})),
    ],
)
def test_what_was_done_on_purpose_is_no_violation(history: History) -> None:
    assert violations(history) == []
