"""What every store promises of claims: due, once, and to nobody who is barred."""

from __future__ import annotations

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
    planned,
    states,
)
from worker.domain.campaign import Campaign, Status
from worker.domain.lifecycle import State
from worker.domain.plan import Wanted
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.domain.suppression import EVERYTHING, PAUSE, Cause, Suppression


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


def test_what_is_past_its_time_is_skipped_and_never_claimed(store: AnyStore) -> None:
    armed(store, ANNE, until=NOON + HOUR)

    store.set_clock(NOON + 2 * HOUR)

    assert claim(store) == ()
    assert states(store) == {"anne": State.SKIPPED}


def test_nobody_takes_more_than_half_of_what_is_due_unless_it_is_little(store: AnyStore) -> None:
    armed(store, *(key(f"p{number:03}") for number in range(100)))

    taken = [len(claim(store, f"t{number}", limit=80)) for number in range(4)]

    assert taken == [50, 40, 10, 0]
