"""Our clocks beside a real server's."""

from __future__ import annotations

import time

import pytest
from redis import Redis

from worker.adapters.redis_clocks import RedisClocks, steady_time
from worker.domain.clocks import Fault

HOUR = 3600.0


def test_a_right_clock_is_believed(redis: Redis) -> None:
    clocks = RedisClocks(redis, tolerance=60)

    assert [clocks.look()[1].fault for _ in range(3)] == [None] * 3


@pytest.mark.parametrize("step", [HOUR, -HOUR])
def test_a_clock_that_is_off_is_seen_at_once(redis: Redis, step: float) -> None:
    clocks = RedisClocks(redis, tolerance=60, ours=lambda: time.time() + step)

    _, trust = clocks.look()

    assert (trust.fault, round(trust.by / 10) * 10) == (Fault.APART, step)


def test_a_server_that_jumps_is_seen_by_a_steady_clock(redis: Redis) -> None:
    offset = 0.0
    clocks = RedisClocks(
        redis, tolerance=60, ours=lambda: time.time() - offset, steady=lambda: steady_time() - offset
    )
    clocks.look()
    offset = HOUR  # as if everything but the server had stayed where it was

    before, now = clocks.look()

    assert (before.fault, now.fault) == (None, Fault.SERVER_JUMPED)


def test_the_mapped_clock_of_a_demo_plays_no_part(redis: Redis) -> None:
    redis.hset("{apres}:clock", "at", 1_000_000_000_000)
    clocks = RedisClocks(redis, tolerance=60)

    assert clocks.look()[1].fault is None
