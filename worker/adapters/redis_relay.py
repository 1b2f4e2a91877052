"""What all workers know together about the relay, in Redis; waits are the server's real time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from redis import Redis

from worker.adapters import keys
from worker.adapters.entries import told_of
from worker.adapters.moments import ms
from worker.adapters.scripts import register
from worker.domain.lifecycle import State
from worker.domain.pace import RelayLimits
from worker.domain.relay import MOST_ABREAST, SLOT, Strain, breaker_waits
from worker.domain.relay_state import RelayState
from worker.domain.slowdown import MEASURED_OVER, FewerLines, Slowdown, measured_rate

_MOST_ENTRIES = 5000


class RedisRelay:
    """`ports.Relay` on Redis. Each store is one worker."""

    def __init__(self, client: Redis, limits: RelayLimits) -> None:
        """Use this client, which must decode responses, and hold all workers to these limits."""
        self._redis: Any = client
        self._limits = limits
        self._slot = uuid4().hex if limits.connections else ""
        self._relay_scripts = register(client)

    def relay_failed(self) -> timedelta:
        """One script."""
        waits = json.dumps([ms(wait) for wait in breaker_waits()])
        wait = self._relay_scripts["relay_failed"](keys=keys.bundle("-"), args=["-", waits])
        return timedelta(milliseconds=int(wait))

    def relay_answered(self) -> None:
        """The breaker starts anew."""
        self._redis.hdel(keys.RELAY, "failures", "closed_until", "trial")

    def relay_strained(self, strain: Strain, because: str) -> bool:
        """One script; before it, where no rate is configured, a look at how many passed the gate lately."""
        limits = self._limits
        configured = limits.per_second if strain is Strain.RATE else limits.connections
        measured = self._measured() if strain is Strain.RATE and not configured else 0
        arguments = ["-", strain, uuid4().hex, configured, measured, because]
        return bool(self._relay_scripts["relay_strained"](keys=keys.bundle("-"), args=arguments))

    def relay_lines(self, wanted: int) -> int:
        """One script; where nothing limits them, nobody counts."""
        connections = self._limits.connections
        if not connections:
            return wanted
        granted = self._relay_scripts["relay_lines"](
            keys=keys.bundle("-"), args=["-", connections, self._slot, wanted]
        )
        return int(granted)

    def leave_relay(self) -> None:
        """The slots are given back at once rather than at the end of their lease."""
        if self._slot:
            beside = (f"{self._slot}+{number}" for number in range(2, MOST_ABREAST + 1))
            self._redis.zrem(keys.SLOTS, self._slot, *beside)

    def pause_relay(self, because: str) -> bool:
        """The first cause stands."""
        return bool(self._redis.hsetnx(keys.RELAY, "paused", because))

    def resume_relay(self) -> bool:
        """Also forgets the breaker."""
        self.relay_answered()
        return bool(self._redis.hdel(keys.RELAY, "paused"))

    def relay_state(self) -> RelayState:
        """One round trip."""
        pipe = self._redis.pipeline(transaction=False)
        (seconds, micros), notes, ends = (
            pipe.time().hgetall(keys.RELAY).zrange(keys.SLOTS, 0, -1, withscores=True).execute()
        )
        now = seconds * 1000 + micros // 1000
        return RelayState(
            limits=self._limits,
            now=now,
            paused=notes.get("paused", ""),
            failures=int(notes.get("failures", 0)),
            closed_until=float(notes.get("closed_until", 0)),
            trial=notes.get("trial", ""),
            paced=float(notes.get("paced", 0)),
            passed=float(notes.get("passed", 0)),
            spent={int(quarter): int(n) for quarter, n in json.loads(notes.get("day", "{}")).items()},
            slowdown=_slowdown(notes),
            fewer=FewerLines(int(notes["fewer"]), float(notes["fewer_at"])) if "fewer" in notes else None,
            lines=sum(now < end <= now + ms(SLOT) for _, end in ends),
        )

    def _measured(self) -> float:
        """Letters a second that passed the gate in the last seconds, over all editions, from the ledger's entries."""
        seconds, micros = self._redis.time()
        now = seconds * 1000 + micros // 1000
        pipe = self._redis.pipeline(transaction=False)
        for edition in self._redis.smembers(keys.EDITIONS):
            pipe.xrevrange(keys.named("entries", edition), "+", str(now - MEASURED_OVER), count=_MOST_ENTRIES)
        entries = [entry for stream in pipe.execute() for entry in stream]
        passed = [(at, told_of(words)) for at, words in entries if words["a"] == State.SENDING]
        return measured_rate([int(at.split("-")[0]) for at, told in passed for _ in told], now)


def _slowdown(notes: Mapping[str, str]) -> Slowdown | None:
    if "slow_rate" not in notes:
        return None
    rate, ceiling, at, since = (float(notes[f"slow_{name}"]) for name in ("rate", "ceiling", "at", "since"))
    return Slowdown(rate, ceiling, at, since, notes.get("slow_because", ""))
