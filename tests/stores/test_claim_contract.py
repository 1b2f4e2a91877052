"""Claiming and the gate: what every Schedule promises, on the memory twin and on real Redis."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.stores.contract import (
    ANNE,
    BRUNO,
    CLARA,
    HOUR,
    NOON,
    AnyStore,
    armed,
    claim,
    key,
    let_leases_run_out,
    planned,
    sending,
    settled,
    states,
)
from worker.domain.campaign import Campaign, Status
from worker.domain.delivery import Claim, Opening, Settlement
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.plan import Wanted
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.domain.suppression import EVERYTHING, PAUSE, Cause, Suppression, scopes


def test_planning_twice_changes_nothing(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)

    planned(store, Wanted(ANNE, NOON), Wanted(BRUNO, NOON))

    assert store.counts("cafe-12") == {("thank-you", State.SCHEDULED): 2}
    assert len(list(store.entries("cafe-12"))) == 2


def test_nothing_is_claimed_before_it_is_due(store: AnyStore) -> None:
    armed(store, ANNE, due=NOON + HOUR)

    assert claim(store) == ()
    assert store.next_due(Lane.CAMPAIGN) == NOON + HOUR


def test_nothing_is_claimed_from_a_draft_or_within_the_undo_minute(store: AnyStore) -> None:
    store.set_clock(NOON)
    planned(store, Wanted(ANNE, NOON))
    assert claim(store) == ()

    store.steer(Campaign("cafe-12", Status.ARMED, hold_until=NOON + timedelta(minutes=1)))

    assert claim(store, "t2") == ()
    assert store.backlog(Lane.CAMPAIGN) == 0


def test_a_message_is_claimed_once(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)

    first, second = claim(store, "t1", limit=1), claim(store, "t2")

    assert [c.key for c in (*first, *second)] == [ANNE, BRUNO]
    assert claim(store, "t3") == ()


def test_a_repeated_claim_gives_the_same_messages_to_the_same_token(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)

    assert claim(store, "t1", limit=1) == claim(store, "t1", limit=1) != ()


def test_the_gate_opens_for_the_holder_and_again_for_its_retry(store: AnyStore) -> None:
    armed(store, ANNE)
    claims = claim(store)

    assert sending(store, claims) == [None]

    assert sending(store, claims) == [None]
    assert states(store) == {"anne": State.SENDING}


def test_the_gate_stays_shut_for_a_foreign_token(store: AnyStore) -> None:
    armed(store, ANNE)
    [held] = claim(store)

    assert sending(store, [replace(held, token="stolen")]) == [Reason.LEASE_LOST]


def test_the_gate_stays_shut_once_the_lease_ran_out(store: AnyStore) -> None:
    armed(store, ANNE)
    claims = claim(store)

    let_leases_run_out(store)

    assert sending(store, claims) == [Reason.LEASE_LOST]


def test_the_gate_stays_shut_while_paused(store: AnyStore) -> None:
    armed(store, ANNE)
    claims = claim(store)

    store.steer(Campaign("cafe-12", Status.PAUSED, hold_until=NOON))

    assert sending(store, claims) == [Reason.PAUSED]
    assert claim(store, "t2") == ()


def test_the_gate_stays_shut_for_someone_suppressed_a_moment_ago(store: AnyStore) -> None:
    armed(store, ANNE)
    claims = claim(store)

    store.suppress(Suppression("f1", Cause.UNSUBSCRIBED, NOON))

    assert sending(store, claims, scopes("f1", series="cafe", purpose="thanks")) == [Reason.SUPPRESSED]


def test_a_suppressed_person_is_not_claimed(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    store.suppress(Suppression("anne", Cause.UNSUBSCRIBED, NOON, "purpose:thanks"))

    assert [c.key for c in claim(store)] == [BRUNO]

    assert states(store) == {"anne": State.SKIPPED, "bruno": State.CLAIMED}
    last = list(store.entries("cafe-12", "anne"))[-1]
    assert (last.before, last.after, last.reason) == (State.SCHEDULED, State.SKIPPED, Reason.SUPPRESSED)
    assert store.counts("cafe-12")["thank-you", State.SKIPPED] == 1
    assert store.next_due(Lane.CAMPAIGN) is None


def test_a_suppression_bars_only_its_scope_and_while_it_stands(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO, CLARA)
    store.suppress(Suppression("anne", Cause.UNSUBSCRIBED, NOON, "purpose:invitations"))
    store.suppress(Suppression("bruno", Cause.UNSUBSCRIBED, NOON, PAUSE, until=NOON))
    store.suppress(Suppression("clara", Cause.BY_HAND, NOON))
    store.lift("clara", EVERYTHING)

    assert [c.key for c in claim(store)] == [ANNE, BRUNO, CLARA]


def test_a_step_that_nothing_bars_is_claimed_for_the_suppressed_too(store: AnyStore) -> None:
    armed(store, key("anne", "invitation"))
    store.suppress(Suppression("anne", Cause.BY_HAND, NOON))

    assert [c.key for c in claim(store)] == [key("anne", "invitation")]


def test_the_gate_stays_shut_for_a_pause_and_opens_when_it_is_over(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    anne, bruno = claim(store)
    pause = {person: scopes(person, series="cafe", purpose="thanks") for person in ("anne", "bruno")}

    store.suppress(Suppression("anne", Cause.UNSUBSCRIBED, NOON, PAUSE, until=NOON + HOUR))
    store.suppress(Suppression("bruno", Cause.UNSUBSCRIBED, NOON, PAUSE, until=NOON))

    assert sending(store, [anne], pause["anne"]) == [Reason.SUPPRESSED]
    assert sending(store, [bruno], pause["bruno"]) == [None]


def test_the_gate_stays_shut_after_a_new_plan(store: AnyStore) -> None:
    armed(store, ANNE)
    claims = claim(store)

    planned(store, Wanted(ANNE, NOON + HOUR))

    assert sending(store, claims) == [Reason.LEASE_LOST]
    assert states(store) == {"anne": State.SCHEDULED}
    assert not settled(store, claims[0], State.SENT)


def test_the_gate_stays_shut_when_the_clock_went_back_or_the_window_closed(store: AnyStore) -> None:
    armed(store, ANNE)
    [held] = claim(store)
    store.set_clock(NOON - HOUR)
    assert sending(store, [held]) == [Reason.STALE]

    store.set_clock(NOON + HOUR)

    late = Opening(held, (), not_after=NOON + timedelta(minutes=1))
    assert store.open_gate([late], lease=HOUR) == {ANNE: Reason.OUTSIDE_WINDOW}


def test_what_is_past_its_time_is_skipped_and_never_claimed(store: AnyStore) -> None:
    armed(store, ANNE, until=NOON + HOUR)

    store.set_clock(NOON + 2 * HOUR)

    assert claim(store) == ()
    assert states(store) == {"anne": State.SKIPPED}


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
