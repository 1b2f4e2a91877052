"""Settling, losses, doubts, plans and the clock: what every Schedule promises, on both twins."""

from __future__ import annotations

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
from worker.domain.delivery import POISON_AFTER, Claim, Settlement
from worker.domain.lifecycle import State
from worker.domain.plan import Plan, Unwanted, Wanted
from worker.domain.reason import Reason
from worker.domain.sequence import Lane


def test_sent_is_settled_once_and_its_repeat_is_harmless(store: AnyStore) -> None:
    armed(store, ANNE)
    claims = claim(store)
    sending(store, claims)

    assert settled(store, claims[0], State.SENT)

    assert settled(store, claims[0], State.SENT)
    assert store.counts("cafe-12") == {("thank-you", State.SENT): 1}


def test_a_deferred_message_waits_and_counts_its_try_once(store: AnyStore) -> None:
    armed(store, ANNE)
    [held] = claim(store)
    later = Settlement(held, State.DEFERRED, Reason.REFUSED_FOR_NOW, due=NOON + HOUR, reply="450 4.7.1 wait")

    assert store.settle([later]) == {ANNE: True}

    assert store.settle([later]) == {ANNE: True}
    [record] = store.records("cafe-12")
    assert (record.state, record.due, record.tries) == (State.DEFERRED, NOON + HOUR, 1)


def test_a_worker_lost_in_company_makes_suspects_that_are_claimed_alone(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    claim(store)
    let_leases_run_out(store)

    assert {entry.after for entry in store.reap()} == {State.SCHEDULED}

    assert [c.key for c in claim(store, "t2")] == [ANNE]
    assert [c.key for c in claim(store, "t3")] == [BRUNO]


def test_a_poison_message_dies_alone(store: AnyStore) -> None:
    armed(store, ANNE)

    for number in range(POISON_AFTER):
        assert claim(store, f"t{number}")
        let_leases_run_out(store)
        store.reap()

    assert states(store) == {"anne": State.DEAD}


def test_a_worker_lost_after_the_gate_leaves_a_doubt_that_its_late_reply_ends(store: AnyStore) -> None:
    armed(store, ANNE)
    claims = claim(store)
    sending(store, claims)
    let_leases_run_out(store)

    [entry] = store.reap()

    assert (entry.after, states(store)) == (State.IN_DOUBT, {"anne": State.IN_DOUBT})
    assert settled(store, claims[0], State.SENT)


def test_a_doubt_about_an_invitation_is_sent_again(store: AnyStore) -> None:
    armed(store, key("anne", "invitation"))
    claims = claim(store)
    sending(store, claims)
    let_leases_run_out(store)

    store.reap()

    assert states(store) == {"anne": State.SCHEDULED}
    assert [c.key.step for c in claim(store, "t2")] == ["invitation"]


def test_a_person_ends_a_doubt_either_way(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    claims = claim(store)
    sending(store, claims)
    for held in claims:
        settled(store, held, State.IN_DOUBT, Reason.LOST_AFTER_DOT)

    assert store.resolve(ANNE, State.SENT, Reason.EVIDENCE)
    assert store.resolve(BRUNO, State.SCHEDULED, Reason.BY_HAND)

    assert states(store) == {"anne": State.SENT, "bruno": State.SCHEDULED}
    assert not store.resolve(CLARA, State.SENT, Reason.EVIDENCE)


def test_a_plan_drops_who_is_no_longer_named_and_brings_back_who_is(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    planned(store, Wanted(ANNE, NOON), Unwanted(CLARA, Reason.ABSENT))
    assert states(store) == {"anne": State.SCHEDULED, "bruno": State.SKIPPED, "clara": State.SKIPPED}

    planned(store, Wanted(ANNE, NOON), Wanted(BRUNO, NOON), Wanted(CLARA, NOON))

    assert set(states(store).values()) == {State.SCHEDULED}


def test_a_new_plan_leaves_what_has_left(store: AnyStore) -> None:
    armed(store, ANNE)
    claims = claim(store)
    sending(store, claims)

    planned(store, Unwanted(ANNE, Reason.ABSENT))

    assert settled(store, claims[0], State.SENT)
    assert states(store) == {"anne": State.SENT}


def test_a_plan_without_steps_adds_and_leaves_the_rest_alone(store: AnyStore) -> None:
    armed(store, ANNE)
    store.plan(Plan("cafe-12", (Wanted(BRUNO, NOON),)), {}, reason=Reason.PLANNED)

    assert [c.key for c in claim(store)] == [ANNE, BRUNO]


def test_a_plan_longer_than_a_chunk_is_whole(store: AnyStore) -> None:
    keys = [key(f"p{number}") for number in range(2500)]

    armed(store, *keys)

    assert store.counts("cafe-12") == {("thank-you", State.SCHEDULED): 2500}
    assert store.backlog(Lane.CAMPAIGN) == 2500


def test_a_mapped_clock_stands_still_while_work_is_due_then_leaps(store: AnyStore) -> None:
    armed(store, ANNE)
    planned(store, Wanted(ANNE, NOON), Wanted(BRUNO, NOON + HOUR))
    [held] = claim(store)
    store.leap()
    assert store.now() == NOON

    sending(store, [held])
    settled(store, held, State.SENT)

    assert store.leap() == NOON + HOUR


def test_a_relay_that_fails_is_left_alone_and_a_paused_one_until_resumed(store: AnyStore) -> None:
    armed(store, ANNE)
    store.relay_failed()
    assert claim(store, "t1") == ()

    store.relay_answered()
    assert store.pause_relay("535 wrong password")
    assert not store.pause_relay("again")

    assert claim(store, "t2") == ()
    assert store.relay_state().paused == "535 wrong password"
    assert store.resume_relay()
    assert [c.key for c in claim(store, "t3")] == [ANNE]


def test_counts_always_sum_to_the_plan(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO, CLARA)
    first, second, _ = claim(store)
    sending(store, [first])
    settled(store, first, State.SENT)
    settled(store, second, State.SCHEDULED, Reason.RETURNED)

    assert sum(store.counts("cafe-12").values()) == 3


def in_doubt_and_again(store: AnyStore) -> Claim:
    """An invitation whose worker was lost after the gate; it waits for its next try."""
    armed(store, key("anne", "invitation"))
    [first] = claim(store)
    sending(store, (first,))
    let_leases_run_out(store)
    store.reap()
    return first


def test_the_late_reply_to_a_doubtful_try_spares_the_next_one(store: AnyStore) -> None:
    frozen = in_doubt_and_again(store)

    assert settled(store, frozen, State.SENT)

    assert (states(store), claim(store, "t2")) == ({"anne": State.SENT}, ())


def test_a_late_reply_turns_the_next_try_back_at_the_gate(store: AnyStore) -> None:
    frozen = in_doubt_and_again(store)
    second = claim(store, "t2")

    assert settled(store, frozen, State.SENT)

    assert sending(store, second) == [Reason.LEASE_LOST]
    assert states(store) == {"anne": State.SENT}


def test_after_the_second_gate_a_late_reply_changes_nothing(store: AnyStore) -> None:
    frozen = in_doubt_and_again(store)
    [second] = claim(store, "t2")
    sending(store, (second,))

    assert not settled(store, frozen, State.SENT)

    assert settled(store, second, State.SENT)


def test_evidence_ends_a_doubt_that_goes_again(store: AnyStore) -> None:
    frozen = in_doubt_and_again(store)

    assert store.resolve(frozen.key, State.SENT, Reason.EVIDENCE)

    assert (states(store), claim(store, "t2")) == ({"anne": State.SENT}, ())


def test_without_a_doubt_nothing_that_waits_can_be_called_sent(store: AnyStore) -> None:
    armed(store, ANNE)

    assert not store.resolve(ANNE, State.SENT, Reason.EVIDENCE)

    assert states(store) == {"anne": State.SCHEDULED}
