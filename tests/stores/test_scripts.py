"""A server that lost its scripts is given them again, in the middle of a batch too."""

from __future__ import annotations

from redis import Redis

from tests.stores.contract import ANNE, armed, claim, sending, settled, states
from worker.adapters.redis_store import RedisStore
from worker.domain.lifecycle import State


def test_a_server_that_forgot_the_scripts_learns_them_again(redis: Redis) -> None:
    redis.flushdb()
    store = RedisStore(redis)
    armed(store, ANNE)
    (anne,) = claim(store)

    redis.script_flush()
    passed = sending(store, [anne])
    redis.script_flush()
    settled(store, anne, State.SENT)

    assert passed == [None]
    assert states(store) == {"anne": State.SENT}
