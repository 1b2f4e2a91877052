"""What every store promises of a relay's pace and its budget for a day."""

from __future__ import annotations

from datetime import timedelta

from tests.stores.contract import (
    HOUR,
    NOON,
    armed,
    pass_time,
    sending,
    settled,
)
from tests.stores.relay_crew import GUESTS, SECOND, Crew, claimed, passed
from worker.domain.delivery import Opening, Settlement
from worker.domain.lifecycle import State
from worker.domain.reason import Reason
from worker.domain.sequence import Lane


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
