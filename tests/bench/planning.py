"""What planning costs in time and memory, and what an idle tick costs with many editions waiting."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from redis import Redis

from worker.adapters.redis_server import ensure_server
from worker.adapters.redis_store import RedisStore, connect
from worker.domain.campaign import Campaign, Status
from worker.domain.ledger import Policy
from worker.domain.message import MessageKey
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.sequence import Doubt, Lane

_STEPS = ("thank-you", "invitation", "nudge")
_POLICIES = {step: Policy(Lane.CAMPAIGN, Doubt.HOLD) for step in _STEPS}
_LATER = datetime(2030, 1, 15, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Planned:
    """What one plan cost."""

    per_second: float
    bytes_per_message: float


def plan(people: int) -> Planned:
    """Write a plan of three steps for so many people into a durable ledger; people themselves are not stored."""
    wanted = tuple(
        Wanted(MessageKey("cafe-12", step, f"p{number:07d}"), _LATER, _LATER + timedelta(days=10))
        for step in _STEPS
        for number in range(people)
    )
    with _ledger() as client:
        store, before = RedisStore(client), _used(client)
        began = time.perf_counter()
        store.plan(Plan("cafe-12", wanted, frozenset(_STEPS)), _POLICIES, reason=Reason.PLANNED)
        seconds = time.perf_counter() - began
        return Planned(len(wanted) / seconds, (_used(client) - before) / len(wanted))


def tick_idle(editions: int, ticks: int) -> float:
    """Microseconds that one tick's questions to the ledger take while so many armed editions wait."""
    with _ledger() as client:
        store = RedisStore(client)
        for number in range(editions):
            _wait_for_later(store, f"cafe-{number}")
        began = time.perf_counter()
        for _ in range(ticks):
            store.reap()
            store.leap()
            for lane in Lane:
                store.backlog(lane)
        return (time.perf_counter() - began) / ticks * 1e6


def _wait_for_later(store: RedisStore, edition: str) -> None:
    wanted = Wanted(MessageKey(edition, "nudge", "p0000001"), _LATER, None)
    store.plan(Plan(edition, (wanted,), frozenset({"nudge"})), _POLICIES, reason=Reason.PLANNED)
    store.steer(Campaign(edition, Status.ARMED))


def _used(client: Redis) -> int:
    told: Any = client.info("memory")
    return int(told["used_memory"])


@contextmanager
def _ledger() -> Iterator[Redis]:
    with TemporaryDirectory(prefix="apres-bench-") as folder:
        server = ensure_server(Path(folder) / "redis")
        try:
            with connect(server.url) as client:
                yield client
        finally:
            server.stop()
