"""The state table: closed, reachable, and the only way to move."""

from __future__ import annotations

import pytest

from worker.domain.errors import ForbiddenMove
from worker.domain.lifecycle import FINAL, IN_HAND, TRANSITIONS, WAITING, State, check


def test_every_state_has_a_row() -> None:
    assert set(TRANSITIONS) == set(State)


def test_every_state_can_be_reached_from_scheduled() -> None:
    reached, frontier = {State.SCHEDULED}, [State.SCHEDULED]

    while frontier:
        following = TRANSITIONS[frontier.pop()] - reached
        reached |= following
        frontier += following

    assert reached == set(State)


def test_nothing_that_left_can_be_skipped() -> None:
    left = {State.SENDING, State.SENT, State.BOUNCED, State.IN_DOUBT}

    assert not any(State.SKIPPED in TRANSITIONS[state] for state in left)


def test_only_claimed_may_begin_sending() -> None:
    assert {state for state in State if State.SENDING in TRANSITIONS[state]} == {State.CLAIMED}


def test_a_sent_message_is_never_scheduled_again() -> None:
    with pytest.raises(ForbiddenMove, match="sent cannot become scheduled"):
        check(State.SENT, State.SCHEDULED)


def test_the_named_sets_share_no_state() -> None:
    assert not WAITING & IN_HAND
    assert not (WAITING | IN_HAND) & FINAL
    assert set(State) - WAITING - IN_HAND - FINAL == {State.IN_DOUBT}
