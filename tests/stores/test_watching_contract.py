"""What watchers ask, on the memory twin and on real Redis."""

from __future__ import annotations

from datetime import timedelta

from tests.stores.contract import (
    ANNE,
    BRUNO,
    CLARA,
    HOUR,
    NOON,
    STEPS,
    AnyStore,
    armed,
    claim,
    key,
    planned,
    sending,
    settled,
)
from worker.adapters.keys import LIFE
from worker.adapters.memory import MemoryStore
from worker.domain.life import FORGOTTEN, GONE, Part, listeners
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason


def test_what_waits_is_told_with_its_moment_until_it_is_taken(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    planned(store, Wanted(ANNE, NOON), Wanted(BRUNO, NOON + HOUR), Wanted(CLARA, NOON + 3 * HOUR))
    early = sorted(store.waiting("cafe-12", before=NOON + 2 * HOUR))

    claim(store, limit=1)

    assert early == [("thank-you", NOON), ("thank-you", NOON + HOUR)]
    assert list(store.waiting("cafe-12", before=NOON + 2 * HOUR)) == [("thank-you", NOON + HOUR)]
    assert list(store.waiting("cafe-12", before=NOON + HOUR)) == []


def test_a_round_waits_under_the_name_of_its_step(store: AnyStore) -> None:
    update = MessageKey("cafe-12", "update-2", "anne")
    store.plan(Plan("cafe-12", (Wanted(update, NOON),)), {}, reason=Reason.PLANNED)

    assert list(store.waiting("cafe-12", before=NOON + HOUR)) == [("update", NOON)]


def test_more_than_a_page_waits(store: AnyStore) -> None:
    people = [key(f"p{number}") for number in range(2500)]
    store.plan(Plan("cafe-12", tuple(Wanted(k, NOON) for k in people), STEPS), {}, reason=Reason.PLANNED)

    assert len(list(store.waiting("cafe-12", before=NOON + HOUR))) == 2500


def test_what_needs_a_decision_is_told_and_nothing_else(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO, CLARA)
    assert store.unsettled("cafe-12") == ()

    first, second, third = claim(store)
    sending(store, [first])
    settled(store, first, State.IN_DOUBT, Reason.LOST_AFTER_DOT)
    settled(store, second, State.DEAD, Reason.COMPOSE_FAILED)

    assert third.key in {record.key for record in store.records("cafe-12")}
    assert [(r.key, r.state, r.reason) for r in store.unsettled("cafe-12")] == [
        (first.key, State.IN_DOUBT, Reason.LOST_AFTER_DOT),
        (second.key, State.DEAD, Reason.COMPOSE_FAILED),
    ]


def test_every_move_is_counted_once_however_often_one_asks(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    [held] = claim(store, limit=1)
    before = dict(store.moves())

    sending(store, [held])
    settled(store, held, State.SENT)
    after = dict(store.moves())

    assert before == {
        ("thank-you", State.SCHEDULED, Reason.PLANNED): 2,
        ("thank-you", State.CLAIMED, Reason.DUE): 1,
    }
    assert {kind: n for kind, n in after.items() if kind not in before} == {
        ("thank-you", State.SENDING, Reason.GATE): 1,
        ("thank-you", State.SENT, Reason.ACCEPTED): 1,
    }
    assert dict(store.moves()) == after


def test_moves_of_more_than_a_page_are_all_counted(store: AnyStore) -> None:
    people = tuple(Wanted(key(f"p{number}", "update-7"), NOON) for number in range(2500))
    store.plan(Plan("cafe-12", people), {}, reason=Reason.PLANNED)

    assert store.moves() == {("update", State.SCHEDULED, Reason.PLANNED): 2500}


def test_a_part_is_alive_for_a_minute_and_known_for_a_day(store: AnyStore) -> None:
    store.show_life(Part.WORKER, "here.7", ("campaign", "urgent"))
    store.show_life(Part.BEAT, "here.8")
    young = store.life_signs()

    _age(store, GONE + timedelta(seconds=1))
    old = store.life_signs()
    _age(store, FORGOTTEN)

    assert [(s.part, s.name, s.lanes, s.is_alive) for s in young] == [
        (Part.BEAT, "here.8", (), True),
        (Part.WORKER, "here.7", ("campaign", "urgent"), True),
    ]
    assert (listeners(young, "campaign"), listeners(young, "chores"), listeners(old, "campaign")) == (1, 0, 0)
    assert [s.is_alive for s in old] == [False, False]
    assert store.life_signs() == ()


def test_a_part_that_took_its_leave_is_not_missed(store: AnyStore) -> None:
    for name in ("here.7", "here.77"):
        store.show_life(Part.WORKER, name, ("campaign",))

    store.take_leave(Part.WORKER, "here.7")

    assert [sign.name for sign in store.life_signs()] == ["here.77"]


def test_watching_changes_nothing(store: AnyStore) -> None:
    armed(store, ANNE)
    [held] = claim(store)
    before, pulse = store.records("cafe-12"), store.pulse()

    looks = [list(store.waiting("cafe-12", before=NOON + HOUR)), store.moves(), store.unsettled("cafe-12")]

    assert (store.records("cafe-12"), store.pulse()) == (before, pulse)
    assert (held.key, len(looks)) == (ANNE, 3)


def _age(store: AnyStore, gap: timedelta) -> None:
    if isinstance(store, MemoryStore):
        store.memory.real += gap
        return
    redis = store._redis  # noqa: SLF001 - the test's hand on the real clock
    for member, at in redis.zrange(LIFE, 0, -1, withscores=True):
        redis.zadd(LIFE, {member: at - gap / timedelta(milliseconds=1)})


def test_what_left_since_a_moment_is_told_with_its_last_passage(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    [first] = claim(store, limit=1)
    sending(store, [first])
    settled(store, first, State.SENT)
    store.set_clock(NOON + HOUR)
    [second] = claim(store, "t2")
    sending(store, [second])

    assert store.left_since("cafe-12", NOON) == {first.key: NOON, second.key: NOON + HOUR}
    assert store.left_since("cafe-12", NOON + HOUR) == {second.key: NOON + HOUR}
    assert store.left_since("cafe-12", NOON + 2 * HOUR) == {}


def test_the_reason_of_a_moment_goes_before_that_of_the_plan(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    later = Wanted(ANNE, NOON + HOUR, because=Reason.ONE_A_DAY)
    planned(store, later, Wanted(BRUNO, NOON + HOUR))
    planned(store, later, Wanted(BRUNO, NOON + HOUR))

    told = {record.key: (record.reason, record.version) for record in store.records("cafe-12")}
    assert told == {ANNE: (Reason.ONE_A_DAY, 0), BRUNO: (Reason.PLANNED, 0)}
    assert len(list(store.entries("cafe-12"))) == 4
