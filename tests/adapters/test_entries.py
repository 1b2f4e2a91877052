"""The ledger's stream: like moves share an entry, none is lost in it, and entries of older ledgers are read as well."""

from __future__ import annotations

from typing import Any

from redis import Redis

from tests.stores.contract import ANNE, BRUNO, CLARA, HOUR, NOON, armed, claim, key, planned, sending
from worker.adapters import keys
from worker.adapters.redis_store import RedisStore
from worker.domain.delivery import Settlement
from worker.domain.ledger import Entry
from worker.domain.lifecycle import State
from worker.domain.plan import Wanted
from worker.domain.reason import Reason

_STREAM = keys.named("entries", "cafe-12")


def test_a_group_that_moves_alike_is_one_entry_with_the_relays_word_to_each(redis: Redis) -> None:
    store = RedisStore(redis)
    armed(store, ANNE, BRUNO, CLARA)
    claims = claim(store)
    sending(store, claims)
    store.settle([Settlement(c, State.SENT, Reason.ACCEPTED, reply=f"250 as {c.key.person}") for c in claims])

    assert redis.xlen(_STREAM) == 4
    assert [(e.key, e.before, e.reply) for e in store.entries("cafe-12") if e.after is State.SENT] == [
        (k, State.SENDING, f"250 as {k.person}") for k in (ANNE, BRUNO, CLARA)
    ]


def test_what_differs_parts_a_run_and_keeps_the_order_of_the_moves(redis: Redis) -> None:
    store = RedisStore(redis)
    armed(store, ANNE, key("bruno", "invitation"), CLARA)
    claims = sorted(claim(store), key=lambda held: held.key.person)
    sending(store, claims)
    states = (State.SENT, State.IN_DOUBT, State.SENT)
    before = len(list(store.entries("cafe-12")))
    store.settle([Settlement(c, s, Reason.ACCEPTED) for c, s in zip(claims, states, strict=True)])

    assert [(e.key.person, e.after, e.due) for e in list(store.entries("cafe-12"))[before:]] == [
        ("anne", State.SENT, None),
        ("bruno", State.IN_DOUBT, None),
        ("bruno", State.SCHEDULED, NOON),
        ("clara", State.SENT, None),
    ]


def test_a_plan_of_many_has_few_entries_and_every_move(redis: Redis) -> None:
    store, people = RedisStore(redis), [f"p{number}" for number in range(450)]
    planned(store, *(Wanted(key(person), NOON) for person in people))

    assert redis.xlen(_STREAM) == 3
    assert [e.key.person for e in store.entries("cafe-12")] == people
    assert store.moves() == {("thank-you", State.SCHEDULED, Reason.PLANNED): 450}
    assert store.drop_moves("cafe-12", store.now() + HOUR) == 450


def test_entries_of_a_ledger_that_had_one_for_each_move_are_read_and_counted(redis: Redis) -> None:
    store = RedisStore(redis)
    redis.sadd(keys.EDITIONS, "cafe-12")
    moment = f"{NOON.timestamp() * 1000:.0f}"
    gate: dict[Any, Any] = {"m": "thank-you.anne", "a": "sending", "r": "gate", "t": moment, "b": "claimed"}
    redis.xadd(_STREAM, gate)
    redis.xadd(_STREAM, {**gate, "a": "sent", "r": "accepted", "b": "sending", "s": "250 ok"})

    assert list(store.entries("cafe-12", "anne")) == [
        Entry(ANNE, NOON, State.CLAIMED, State.SENDING, Reason.GATE),
        Entry(ANNE, NOON, State.SENDING, State.SENT, Reason.ACCEPTED, "250 ok"),
    ]
    assert store.left_since("cafe-12", NOON) == {ANNE: NOON}
    assert store.moves() == {
        ("thank-you", State.SENDING, Reason.GATE): 1,
        ("thank-you", State.SENT, Reason.ACCEPTED): 1,
    }
