"""Words for the store contract: a campaign of three, armed and due, on a clock that the test turns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from worker.adapters.keys import LEASES, RELAY, SLOTS
from worker.adapters.memory import MemoryStore
from worker.adapters.redis_store import RedisStore
from worker.domain.budget import QUARTER
from worker.domain.campaign import Campaign, Status
from worker.domain.delivery import Claim, Opening, Settlement
from worker.domain.ledger import Policy
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.plan import Decision, Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.sequence import Doubt, Lane
from worker.domain.suppression import barring

AnyStore = MemoryStore | RedisStore

NOON = datetime(2026, 12, 8, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BARRING_THANKS = barring(series="cafe", purpose="thanks")
POLICIES = {
    "thank-you": Policy(Lane.CAMPAIGN, Doubt.HOLD, BARRING_THANKS),
    "invitation": Policy(Lane.CAMPAIGN, Doubt.AGAIN),
}
STEPS = frozenset(POLICIES)


def key(person: str, step: str = "thank-you") -> MessageKey:
    return MessageKey("cafe-12", step, person)


ANNE, BRUNO, CLARA = key("anne"), key("bruno"), key("clara")


def planned(store: AnyStore, *decisions: Decision) -> int:
    return store.plan(Plan("cafe-12", decisions, STEPS), POLICIES, reason=Reason.PLANNED)


def armed(store: AnyStore, *keys: MessageKey, due: datetime = NOON, until: datetime | None = None) -> None:
    """The campaign is armed and these messages are due at noon; it is noon."""
    store.set_clock(NOON)
    planned(store, *(Wanted(k, due, until) for k in keys))
    store.steer(Campaign("cafe-12", Status.ARMED, hold_until=NOON))


def claim(store: AnyStore, token: str = "t1", limit: int = 10) -> tuple[Claim, ...]:
    return store.claim(Lane.CAMPAIGN, token=token, limit=limit, lease=HOUR)


def sending(
    store: AnyStore, claims: Sequence[Claim], fingerprint: str = "", scopes: tuple[str, ...] = ()
) -> list[Reason | None]:
    answers = store.open_gate([Opening(c, (fingerprint,), None, scopes=scopes) for c in claims], lease=HOUR)
    return [answers[c.key] for c in claims]


def settled(store: AnyStore, c: Claim, state: State, reason: Reason = Reason.ACCEPTED) -> bool:
    return store.settle([Settlement(c, state, reason, due=NOON if state is State.SCHEDULED else None)])[c.key]


def let_leases_run_out(store: AnyStore) -> None:
    """As if an hour of real time had passed for whoever holds a lease."""
    if isinstance(store, MemoryStore):
        store.memory.real += 2 * HOUR
        return
    for member in store._redis.zrange(LEASES, 0, -1):  # noqa: SLF001 - the test's hand on the real clock
        store._redis.zadd(LEASES, {member: 1})  # noqa: SLF001


def pass_time(store: AnyStore, gap: timedelta) -> None:
    """As if so much real time had passed (or, negative, as if the clock had been put back) for the relay's limits."""
    if isinstance(store, MemoryStore):
        store.memory.real += gap
        return
    redis, gone = store._redis, gap / timedelta(milliseconds=1)  # noqa: SLF001 - as above
    notes = redis.hgetall(RELAY)
    quarters = json.loads(notes.get("day", "{}"))
    moved: dict[str, float | str] = {name: float(notes[name]) - gone for name in _MOMENTS if name in notes}
    moved["day"] = json.dumps({str(int(q) - round(gone / QUARTER)): n for q, n in quarters.items()})
    redis.hset(RELAY, mapping=moved)
    for worker, end in redis.zrange(SLOTS, 0, -1, withscores=True):
        redis.zadd(SLOTS, {worker: end - gone})


_MOMENTS = ("closed_until", "paced", "passed", "slow_at", "slow_since", "fewer_at")


def states(store: AnyStore) -> dict[str, State]:
    return {record.key.person: record.state for record in store.records("cafe-12")}
