"""What every store promises of a turn: one group settled and the next let through at once."""

from __future__ import annotations

from datetime import timedelta

from tests.stores.contract import (
    ANNE,
    BRUNO,
    HOUR,
    NOON,
    AnyStore,
    armed,
    claim,
    sending,
    settled,
    states,
)
from worker.domain.campaign import Campaign, Status
from worker.domain.delivery import Claim, Opening, Settlement
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason


def test_one_group_is_settled_and_the_next_let_through_at_once(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    anne, bruno = claim(store)
    sending(store, [anne])

    turn = [Settlement(anne, State.SENT, Reason.ACCEPTED)], [Opening(bruno, (), None)]
    answers = store.turn(*turn, lease=HOUR)

    assert answers == ({ANNE: True}, {BRUNO: None})
    assert store.turn(*turn, lease=HOUR) == answers
    assert states(store) == {"anne": State.SENT, "bruno": State.SENDING}


def test_half_a_turn_and_none_are_turns_too(store: AnyStore) -> None:
    armed(store, ANNE)
    [held] = claim(store)

    assert store.turn([], [], lease=HOUR) == ({}, {})
    assert store.turn([], [Opening(held, (), None)], lease=HOUR) == ({}, {ANNE: None})
    assert store.turn([Settlement(held, State.SENT, Reason.ACCEPTED)], [], lease=HOUR) == ({ANNE: True}, {})

    assert states(store) == {"anne": State.SENT}


def test_a_turn_serves_two_editions(store: AnyStore) -> None:
    armed(store, ANNE)
    [held] = claim(store)
    sending(store, [held])
    notice = Claim(MessageKey("apres", "notice-1", "paule"), "t9", NOON, None, 0)

    answers = store.turn(
        [Settlement(held, State.SENT, Reason.ACCEPTED)], [Opening(notice, (), None)], lease=HOUR
    )

    assert answers == ({ANNE: True}, {notice.key: Reason.LEASE_LOST})


def test_a_turn_at_a_shut_gate_still_settles(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    anne, bruno = claim(store)
    sending(store, [anne])
    store.steer(Campaign("cafe-12", Status.PAUSED, hold_until=NOON))

    _, opened = store.turn(
        [Settlement(anne, State.SENT, Reason.ACCEPTED)], [Opening(bruno, (), None)], lease=HOUR
    )

    assert opened == {BRUNO: Reason.PAUSED}
    assert states(store) == {"anne": State.SENT, "bruno": State.CLAIMED}


def test_an_accepted_mail_closes_the_breaker(store: AnyStore) -> None:
    armed(store, ANNE)
    [held] = claim(store)
    sending(store, [held])
    store.relay_failed()

    settled(store, held, State.SENT)

    assert store.relay_failed() == timedelta(seconds=5)
