"""Our clocks beside the Redis server's, watched from call to call. The mapped clock plays no part here."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any

import structlog
from redis import Redis

from worker.domain.clocks import Reading, Trust, judge

_log = structlog.get_logger()


def steady_time() -> float:
    """Real seconds that nobody sets and that go on while a machine sleeps (Linux: CLOCK_BOOTTIME)."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock)


class RedisClocks:
    """`tools.Clocks` against the server's TIME."""

    def __init__(
        self,
        client: Redis,
        tolerance: float,
        *,
        ours: Callable[[], float] = time.time,
        steady: Callable[[], float] = steady_time,
    ) -> None:
        """Disagreements up to `tolerance` real seconds are overlooked. Nothing is read yet."""
        self._redis: Any = client
        self._tolerance, self._ours, self._steady = tolerance, ours, steady
        self._trust = Trust()
        self.place = socket.gethostname()

    def look(self) -> tuple[Trust, Trust]:
        """One round trip. Whether clocks are believed is logged when it changes."""
        before, self._trust = self._trust, judge(self._trust, self._read(), self._tolerance)
        if self._trust.fault and not before.fault:
            _log.error("clocks disagree: holding", fault=self._trust.fault, seconds=round(self._trust.by))
        elif before.fault and not self._trust.fault:
            _log.info("clocks agree again", fault=before.fault)
        return before, self._trust

    def _read(self) -> Reading:
        ours, began = self._ours(), self._steady()
        seconds, micros = self._redis.time()
        within = (self._steady() - began) / 2
        return Reading(ours + within, seconds + micros / 1e6, began + within, within)
