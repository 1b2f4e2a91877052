"""What all workers know together about the relay, in Redis; waits are the server's real time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from redis import Redis

from worker.adapters import keys
from worker.adapters.moments import ms
from worker.domain.relay import breaker_wait


class RedisRelay:
    """`ports.Relay` on Redis."""

    def __init__(self, client: Redis) -> None:
        """Use this client, which must decode responses."""
        self._redis: Any = client

    def relay_failed(self) -> timedelta:
        """Each failure in a row waits longer; two workers failing at once count twice, which only waits longer."""
        wait = breaker_wait(self._redis.hincrby(keys.RELAY, "failures", 1))
        seconds, micros = self._redis.time()
        self._redis.hset(keys.RELAY, "closed_until", seconds * 1000 + micros // 1000 + ms(wait))
        return wait

    def relay_answered(self) -> None:
        """The breaker starts anew."""
        self._redis.hdel(keys.RELAY, "failures", "closed_until")

    def pause_relay(self, because: str) -> bool:
        """The first cause stands."""
        return bool(self._redis.hsetnx(keys.RELAY, "paused", because))

    def resume_relay(self) -> bool:
        """Also forgets the breaker."""
        self.relay_answered()
        return bool(self._redis.hdel(keys.RELAY, "paused"))

    def relay_paused(self) -> str:
        """The cause as it was given."""
        return self._redis.hget(keys.RELAY, "paused") or ""
