"""A new plan while messages are past their gate, in a lost worker's hands, or in another lane: on both twins."""

from __future__ import annotations

from dataclasses import replace

from tests.stores.contract import (
    ANNE,
    BRUNO,
    HOUR,
    NOON,
    POLICIES,
    STEPS,
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
from worker.domain.delivery import Settlement
from worker.domain.ledger import Policy
from worker.domain.lifecycle import State
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.sequence import Doubt, Lane

INVITED = key("anne", "invitation")


def test_a_message_greylisted_while_a_plan_changed_goes_later(store: AnyStore) -> None:
    armed(store, ANNE)
    [held] = claim(store)
    sending(store, [held])
    planned(store, Wanted(ANNE, NOON))

    store.settle([Settlement(held, State.DEFERRED, Reason.REFUSED_FOR_NOW, due=NOON + HOUR)])
    store.set_clock(NOON + HOUR)

    assert sending(store, claim(store, "t2")) == [None]


def test_a_message_the_relay_gave_back_while_a_plan_changed_goes_again(store: AnyStore) -> None:
    armed(store, ANNE)
    [held] = claim(store)
    sending(store, [held])
    planned(store, Wanted(ANNE, NOON))

    store.settle([Settlement(held, State.SCHEDULED, Reason.RELAY_DOWN, due=NOON)])

    assert sending(store, claim(store, "t2")) == [None]


def test_a_doubt_that_a_plan_found_is_sent_again_under_it(store: AnyStore) -> None:
    armed(store, INVITED)
    sending(store, claim(store))
    planned(store, Wanted(INVITED, NOON))

    let_leases_run_out(store)
    store.reap()

    assert sending(store, claim(store, "t2")) == [None]


def test_a_plan_drawn_from_an_older_one_is_refused(store: AnyStore) -> None:
    armed(store, ANNE)
    since = store.campaign("cafe-12").generation
    planned(store, Wanted(ANNE, NOON + HOUR))

    stale = Plan("cafe-12", (Wanted(ANNE, NOON),), STEPS, since=since)

    assert store.plan(stale, POLICIES, reason=Reason.REPLANNED) == -1
    assert claim(store) == ()


def test_a_decision_made_on_what_no_longer_stands_is_refused(store: AnyStore) -> None:
    armed(store, ANNE)
    read = store.campaign("cafe-12")
    assert store.steer(replace(read, status=Status.CANCELLED), after=read)

    assert not store.steer(replace(read, status=Status.PAUSED), after=read)

    assert store.campaign("cafe-12").status is Status.CANCELLED
    assert store.steer(replace(read, status=Status.CANCELLED), after=read)


def test_nothing_waits_in_a_cancelled_campaign(store: AnyStore) -> None:
    armed(store, INVITED)
    sending(store, claim(store))
    store.steer(Campaign("cafe-12", Status.CANCELLED))

    let_leases_run_out(store)
    store.reap()

    assert states(store) == {"anne": State.SKIPPED}


def test_a_step_that_changes_its_lane_leaves_nothing_behind(store: AnyStore) -> None:
    people = [key(f"a{number:02}") for number in range(20)]
    armed(store, *people)
    late = key("zoe", "invitation")
    moved = {**POLICIES, "thank-you": Policy(Lane.URGENT, Doubt.HOLD)}
    decisions = (*(Wanted(k, NOON) for k in people), Wanted(late, NOON))
    store.plan(Plan("cafe-12", decisions, STEPS), moved, reason=Reason.REPLANNED)

    urgent = store.claim(Lane.URGENT, token="urgent", limit=20, lease=HOUR)

    assert {held.key for held in urgent} == set(people)
    assert [held.key for held in claim(store, "t2", limit=20)] == [late]
    assert store.backlog(Lane.CAMPAIGN) == 0


def test_a_worker_that_was_slow_and_not_lost_blames_no_message(store: AnyStore) -> None:
    armed(store, ANNE)

    for number in range(8):
        [held] = claim(store, f"t{number}")
        let_leases_run_out(store)
        store.reap()
        assert not settled(store, held, State.SCHEDULED, Reason.RELAY_DOWN)

    assert states(store) == {"anne": State.SCHEDULED}


def test_a_refused_resolution_changes_nothing(store: AnyStore) -> None:
    armed(store, ANNE)
    [held] = claim(store)
    sending(store, [held])
    settled(store, held, State.SENT)

    assert not store.resolve(ANNE, State.SCHEDULED, Reason.BY_HAND)

    [record] = store.records("cafe-12")
    assert (record.state, record.token, record.due) == (State.SENT, "t1", None)


def test_a_message_keeps_the_version_it_passed_its_gate_with(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    [anne, _] = claim(store)
    sending(store, [anne])

    planned(store, Wanted(ANNE, NOON, version=1), Wanted(BRUNO, NOON, version=1))

    assert {record.key: record.version for record in store.records("cafe-12")} == {ANNE: 0, BRUNO: 1}


def test_a_message_that_comes_back_to_the_schedule_goes_with_the_version_of_the_plan_it_met(
    store: AnyStore,
) -> None:
    armed(store, ANNE)
    [held] = claim(store)
    sending(store, [held])
    planned(store, Wanted(ANNE, NOON, version=2))
    assert [record.version for record in store.records("cafe-12")] == [0]

    store.settle([Settlement(held, State.DEFERRED, Reason.REFUSED_FOR_NOW, due=NOON + HOUR)])

    assert [record.version for record in store.records("cafe-12")] == [2]
