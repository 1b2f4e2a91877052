"""What every store promises when a relay complains: less is given, and it grows back."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stores.contract import (
    AnyStore,
    armed,
    pass_time,
    settled,
)
from tests.stores.relay_crew import GUESTS, MINUTE, SECOND, Crew, claimed, passed
from worker.adapters.redis_store import RedisStore
from worker.domain.delivery import Claim
from worker.domain.lifecycle import State
from worker.domain.reason import Reason
from worker.domain.relay import Strain


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
