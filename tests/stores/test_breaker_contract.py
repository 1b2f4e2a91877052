"""What every store promises of a relay that is away: waits, and one letter to try it with."""

from __future__ import annotations

from tests.stores.contract import (
    HOUR,
    NOON,
    armed,
    let_leases_run_out,
    pass_time,
    settled,
)
from tests.stores.relay_crew import GUESTS, SECOND, Crew, claimed, passed
from worker.adapters.redis_store import RedisStore
from worker.domain.delivery import Settlement
from worker.domain.lifecycle import State
from worker.domain.reason import Reason
from worker.domain.relay import Strain


def test_waits_grow_while_the_relay_stays_away(crew: Crew) -> None:
    [store] = crew()
    waits = []

    for _ in range(5):
        waits.append(store.relay_failed())
        pass_time(store, waits[-1] + SECOND)

    assert [wait.total_seconds() for wait in waits] == [5, 15, 60, 300, 300]


def test_workers_that_lose_the_relay_together_tell_of_one_failure(crew: Crew) -> None:
    one, other = crew(2)

    one.relay_failed()
    wait = other.relay_failed()

    assert wait <= 5 * SECOND
    assert one.relay_state().failures == 1


def test_after_the_wait_one_worker_tries_with_one_letter(crew: Crew) -> None:
    one, other = crew(2)
    armed(one, *GUESTS)
    one.relay_failed()
    pass_time(one, 6 * SECOND)

    assert len(claimed(one)) == 1
    assert claimed(other) == []

    one.relay_answered()
    assert len(claimed(other)) == 20


def test_a_trial_that_fails_is_a_failure_of_its_own(crew: Crew) -> None:
    [store] = crew()
    armed(store, *GUESTS)
    store.relay_failed()
    pass_time(store, 6 * SECOND)
    claimed(store)

    assert store.relay_failed() == 15 * SECOND
    assert store.relay_state().trial == ""


def test_a_worker_lost_on_trial_leaves_the_next_trial_to_another(crew: Crew) -> None:
    one, other = crew(2)
    armed(one, *GUESTS)
    one.relay_failed()
    pass_time(one, 6 * SECOND)
    claimed(one)

    pass_time(one, 31 * SECOND)

    assert len(claimed(other)) == 1


def test_a_trial_letter_found_lost_before_its_gate_leaves_the_trial_to_another(crew: Crew) -> None:
    one, other = crew(2)
    armed(one, *GUESTS)
    one.relay_failed()
    pass_time(one, 6 * SECOND)
    claimed(one)

    let_leases_run_out(one)
    other.reap()

    assert len(claimed(other)) == 1


def test_a_trial_letter_that_never_left_leaves_the_trial_to_another(crew: Crew) -> None:
    one, other = crew(2)
    armed(one, *GUESTS)
    one.relay_failed()
    pass_time(one, 6 * SECOND)
    [letter] = claimed(one)

    settled(one, letter, State.SKIPPED, Reason.SUPPRESSED)

    assert len(claimed(other)) == 1


def test_a_relay_that_is_down_for_long_burns_no_try_and_blames_no_message(crew: Crew) -> None:
    [store] = crew()
    armed(store, GUESTS[0])

    for _ in range(20):
        [letter] = claimed(store)
        store.settle([Settlement(letter, State.SCHEDULED, Reason.RELAY_DOWN, due=NOON)])
        pass_time(store, store.relay_failed() + SECOND)

    [record] = store.records("cafe-12")
    assert (record.state, record.tries, record.losses) == (State.SCHEDULED, 0, 0)


def test_a_clock_put_back_closes_nothing_for_long(crew: Crew) -> None:
    one, other = crew(2, per_second=10, connections=1)
    armed(one, *GUESTS)
    claimed(one)
    one.relay_strained(Strain.RATE, "421 slow down")
    one.relay_failed()

    pass_time(one, -5 * HOUR)
    assert other.relay_state().slowed_to is None
    assert other.relay_state().wait <= SECOND
    claimed(other)
    pass_time(one, 2 * SECOND)

    assert claimed(other) != []


def test_without_limits_nothing_is_kept_about_the_relay(redis: object) -> None:
    store = RedisStore(redis)  # type: ignore[arg-type]
    armed(store, *GUESTS)

    passed(store, claimed(store))

    assert store._redis.exists("{apres}:relay", "{apres}:slots") == 0  # noqa: SLF001 - the keys are the promise
