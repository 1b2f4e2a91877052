"""What every store promises of the last gate: it opens for the holder, and for nobody who must not pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.stores.contract import (
    ANNE,
    BARRING_THANKS,
    BRUNO,
    CLARA,
    HOUR,
    NOON,
    AnyStore,
    armed,
    claim,
    let_leases_run_out,
    planned,
    sending,
    settled,
    states,
)
from worker.domain.campaign import Campaign, Status
from worker.domain.delivery import Opening
from worker.domain.lifecycle import State
from worker.domain.plan import Wanted
from worker.domain.reason import Reason
from worker.domain.suppression import PAUSE, Cause, Suppression


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

    assert sending(store, claims, "f1", BARRING_THANKS) == [Reason.SUPPRESSED]


def test_the_gate_stays_shut_for_whom_a_mail_names_and_opens_for_its_neighbours(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO, CLARA)
    anne, bruno, clara = claim(store)
    named = {anne: ("fa", "fx"), bruno: ("fb", "fy", "fz"), clara: ("fc",)}

    store.suppress(Suppression("fz", Cause.UNSUBSCRIBED, NOON))
    openings = [Opening(one, prints, None, scopes=BARRING_THANKS) for one, prints in named.items()]

    assert store.open_gate(openings, lease=HOUR) == {ANNE: None, BRUNO: Reason.SUPPRESSED, CLARA: None}


def test_the_gate_stays_shut_for_a_pause_and_opens_when_it_is_over(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    anne, bruno = claim(store)

    store.suppress(Suppression("anne", Cause.UNSUBSCRIBED, NOON, PAUSE, until=NOON + HOUR))
    store.suppress(Suppression("bruno", Cause.UNSUBSCRIBED, NOON, PAUSE, until=NOON))

    assert sending(store, [anne], "anne", BARRING_THANKS) == [Reason.SUPPRESSED]
    assert sending(store, [bruno], "bruno", BARRING_THANKS) == [None]


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
