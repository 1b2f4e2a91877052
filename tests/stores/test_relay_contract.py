"""What every store promises about the relay: the breaker, the limits, and giving way when it complains."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stores.contract import (
    HOUR,
    NOON,
    AnyStore,
    armed,
    key,
    let_leases_run_out,
    pass_time,
    sending,
    settled,
)
from worker.adapters.memory import MemoryStore
from worker.adapters.memory_state import Memory
from worker.adapters.redis_store import RedisStore
from worker.domain.campaign import Campaign, Status
from worker.domain.delivery import Claim, Opening, Settlement
from worker.domain.ledger import Policy
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.pace import RelayLimits
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.relay import Strain
from worker.domain.sequence import Doubt, Lane

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
GUESTS = [key(f"p{number:03}") for number in range(300)]

#: So many workers side by side on one empty ledger, held to these limits.
Crew = Callable[..., list[AnyStore]]


@pytest.fixture(params=["memory", "redis"])
def crew(request: pytest.FixtureRequest) -> Crew:
    """The contract is one, its twins are two."""

    def assemble(size: int = 1, **limits: float) -> list[AnyStore]:
        bounds = RelayLimits(**limits)  # type: ignore[arg-type]
        if request.param == "memory":
            memory = Memory()
            return [MemoryStore(memory, bounds) for _ in range(size)]
        redis = request.getfixturevalue("redis")
        redis.flushdb()
        return [RedisStore(redis, bounds) for _ in range(size)]

    return assemble


_token = count(1)


def claimed(store: AnyStore, limit: int = 20, lane: Lane = Lane.CAMPAIGN) -> list[Claim]:
    return list(store.claim(lane, token=f"t{next(_token)}", limit=limit, lease=HOUR))


def passed(store: AnyStore, claims: list[Claim]) -> int:
    return sending(store, claims).count(None)


def an_urgent_one(store: AnyStore, person: str = "zoe") -> MessageKey:
    """A changed invitation of another edition, due now."""
    urgent = MessageKey("cafe-13", "update-1", person)
    store.plan(
        Plan("cafe-13", (Wanted(urgent, NOON),), frozenset({"update"})),
        {"update": Policy(Lane.URGENT, Doubt.AGAIN)},
        reason=Reason.PLANNED,
    )
    store.steer(Campaign("cafe-13", Status.ARMED, hold_until=NOON))
    return urgent


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


def test_a_claim_takes_what_a_second_allows_and_time_gives_more(crew: Crew) -> None:
    [store] = crew(per_second=2)
    armed(store, *GUESTS)

    assert len(claimed(store)) == 2
    assert claimed(store) == []
    assert timedelta(0) < store.relay_state().wait <= SECOND / 2

    pass_time(store, 10 * SECOND)
    assert store.relay_state().wait == timedelta(0)
    assert len(claimed(store)) == 2


def test_a_pace_below_one_a_second_lets_one_go_at_a_time(crew: Crew) -> None:
    [store] = crew(per_second=0.5)
    armed(store, *GUESTS)

    assert [len(claimed(store)), len(claimed(store))] == [1, 0]
    pass_time(store, 2 * SECOND)
    assert [len(claimed(store)), len(claimed(store))] == [1, 0]


def test_a_repeated_claim_spends_nothing_more(crew: Crew) -> None:
    [store] = crew(per_second=2)
    armed(store, *GUESTS)

    first, again = (store.claim(Lane.CAMPAIGN, token="same", limit=1, lease=HOUR) for _ in range(2))

    assert first == again
    assert len(claimed(store)) == 1


def test_letters_given_back_unsent_cost_no_time(crew: Crew) -> None:
    [store] = crew(per_second=5, per_day=100)
    armed(store, *GUESTS)

    before_the_gate = claimed(store, limit=3)
    past_it = claimed(store, limit=2)
    passed(store, past_it)
    for letter in [*before_the_gate, *past_it]:
        settled(store, letter, State.SCHEDULED, Reason.RETURNED)

    assert len(claimed(store)) == 5
    assert store.relay_state().left_today == 100


def test_a_letter_the_relay_answered_is_spent(crew: Crew) -> None:
    [store] = crew(per_second=0.5, per_day=100)
    armed(store, *GUESTS)
    letters = claimed(store)

    passed(store, letters)
    settled(store, letters[0], State.BOUNCED, Reason.REFUSED)

    assert claimed(store) == []
    assert store.relay_state().left_today == 99


def test_a_day_s_budget_is_counted_at_the_gate_and_never_passed(crew: Crew) -> None:
    one, other = crew(2, per_day=5)
    armed(one, *GUESTS)
    mine, theirs = claimed(one, limit=4), claimed(other, limit=4)

    assert (passed(one, mine), passed(other, theirs)) == (4, 1)
    assert sending(other, theirs)[-1] is Reason.LIMITED
    assert claimed(one) == []


def test_a_repeated_gate_spends_nothing_more(crew: Crew) -> None:
    [store] = crew(per_day=5)
    armed(store, *GUESTS)
    letters = claimed(store, limit=3)

    assert [passed(store, letters), passed(store, letters)] == [3, 3]

    assert store.relay_state().left_today == 2


def test_a_turn_gives_back_before_it_opens_the_next_gate(crew: Crew) -> None:
    [store] = crew(per_day=4)
    armed(store, *GUESTS)
    first, second = claimed(store, limit=4), claimed(store, limit=4)
    passed(store, first)
    ended = [Settlement(letter, State.SCHEDULED, Reason.RETURNED, due=NOON) for letter in first[2:]]

    _, opened = store.turn(ended, [Opening(letter, (), None) for letter in second], lease=HOUR)

    assert list(opened.values()) == [None, None, Reason.LIMITED, Reason.LIMITED]
    assert store.relay_state().left_today == 0


def test_the_budget_comes_back_after_a_day(crew: Crew) -> None:
    [store] = crew(per_day=5)
    armed(store, *GUESTS)
    passed(store, claimed(store))

    pass_time(store, 23 * HOUR)
    state = store.relay_state()
    assert claimed(store) == []
    assert 0.7 * HOUR < state.wait <= 1.3 * HOUR

    pass_time(store, 1.5 * HOUR)
    assert len(claimed(store)) == 5


@pytest.mark.parametrize("limits", [{"per_second": 5}, {"per_day": 20}])
def test_with_little_room_the_urgent_lane_goes_first(crew: Crew, limits: dict[str, float]) -> None:
    [store] = crew(**limits)
    armed(store, *GUESTS)
    urgent = an_urgent_one(store)

    assert claimed(store) == []
    assert [letter.key for letter in claimed(store, lane=Lane.URGENT)] == [urgent]
    assert claimed(store) != []


def test_with_much_room_the_lanes_go_side_by_side(crew: Crew) -> None:
    [store] = crew(per_second=100)
    armed(store, *GUESTS)
    an_urgent_one(store)

    assert len(claimed(store)) == 20


def test_no_more_workers_are_on_the_line_than_allowed(crew: Crew) -> None:
    one, other, third = crew(3, connections=2)
    armed(one, *GUESTS)

    assert [bool(claimed(worker)) for worker in (one, other, third, one)] == [True, True, False, True]
    other.leave_relay()
    assert claimed(third) != []
    assert one.relay_state().lines == 2


def test_a_killed_worker_s_line_frees_itself(crew: Crew) -> None:
    one, other = crew(2, connections=1)
    armed(one, *GUESTS)
    claimed(one)

    pass_time(one, 31 * SECOND)

    assert claimed(other) != []
    assert claimed(one) == []


def test_the_last_line_is_left_to_what_is_urgent(crew: Crew) -> None:
    one, other = crew(2, connections=1)
    armed(one, *GUESTS)
    claimed(one)
    an_urgent_one(one)

    assert claimed(other, lane=Lane.URGENT) == []
    assert claimed(one) == []
    assert claimed(other, lane=Lane.URGENT) != []


def test_a_complaint_halves_the_pace_once_and_it_grows_back(crew: Crew) -> None:
    [store] = crew(per_second=20)
    armed(store, *GUESTS)

    assert store.relay_strained(Strain.RATE, "421 4.7.0 slow down")
    assert not store.relay_strained(Strain.RATE, "421 an echo")
    assert 10 <= store.relay_state().rate < 11
    assert len(claimed(store)) == 10

    pass_time(store, MINUTE / 2)
    assert 14 < store.relay_state().rate < 16
    pass_time(store, MINUTE)
    assert store.relay_state().slowed_to is None
    assert len(claimed(store)) == 20


def test_complaints_go_on_halving_down_to_the_slowest(crew: Crew) -> None:
    [store] = crew(per_second=20)

    for _ in range(20):
        store.relay_strained(Strain.RATE, "451 4.7.1 too many messages")
        pass_time(store, 6 * SECOND)

    assert 0.5 <= store.relay_state().rate < 3


def test_without_a_limit_the_pace_that_was_too_much_is_halved(crew: Crew) -> None:
    [store] = crew()
    armed(store, *GUESTS)
    passed(store, claimed(store, limit=100))

    assert store.relay_strained(Strain.RATE, "421 4.7.0 slow down")

    assert 40 < store.relay_state().rate < 60
    pass_time(store, 2 * MINUTE)
    assert store.relay_state().rate == 0


def test_a_complaint_about_a_handful_of_letters_slows_nobody(crew: Crew) -> None:
    [store] = crew()
    armed(store, *GUESTS)
    passed(store, claimed(store, limit=5))

    assert not store.relay_strained(Strain.RATE, "421 4.3.2 closing")

    assert store.relay_state().rate == 0


def test_too_many_connections_are_halved_and_come_back_one_by_one(crew: Crew) -> None:
    workers = crew(4, connections=4)
    armed(workers[0], *GUESTS)
    for worker in workers:
        claimed(worker, limit=1)

    assert workers[0].relay_strained(Strain.CONNECTIONS, "421 4.7.0 too many connections")
    assert not workers[1].relay_strained(Strain.CONNECTIONS, "421 an echo")

    assert [bool(claimed(worker, limit=1)) for worker in workers] == [False, False, True, True]
    pass_time(workers[0], 31 * SECOND)
    assert workers[0].relay_state().lines_allowed == 3


#: Seconds the clock moves, then: claim, pass the gate with what is in hand, or give it back.
_STEPS = st.lists(
    st.tuples(
        st.floats(0, 3) | st.floats(0, 3) | st.floats(-100, 100),
        st.sampled_from(["claim"] * 5 + ["pass", "return"]),
        st.integers(0, 1),
    ),
    min_size=10,
    max_size=40,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rate=st.floats(0.2, 30), steps=_STEPS)
def test_whatever_happens_no_more_pass_than_the_pace_and_one_burst(
    crew: Crew, rate: float, steps: list[tuple[float, str, int]]
) -> None:
    workers = crew(2, per_second=rate)
    armed(workers[0], *GUESTS)
    forward, gone = 0.0, list[tuple[float, float, int]]()
    in_hand: list[list[Claim]] = [[], []]

    for seconds, deed, number in steps:
        worker, mine = workers[number], in_hand[number]
        pass_time(worker, seconds * SECOND)
        forward += max(seconds, 0.0)
        if deed == "claim":
            mine += claimed(worker)
        elif deed == "pass":
            began, letters = ticked(worker), passed(worker, mine)
            gone.append((forward + began, forward + ticked(worker), letters))
            mine.clear()
        else:
            for letter in mine:
                settled(worker, letter, State.SCHEDULED, Reason.RETURNED)
            mine.clear()

    for first, (start, _, _) in enumerate(gone):
        for last in range(first, len(gone)):
            letters = sum(number for _, _, number in gone[first : last + 1])
            assert letters <= rate * (gone[last][1] - start) + 2 * max(rate, 1) + 0.1


def ticked(store: AnyStore) -> float:
    """Seconds that a real server's clock went on by itself."""
    return store.relay_state().now / 1000 if isinstance(store, RedisStore) else 0.0
