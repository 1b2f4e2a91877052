"""Workers that share one relay, for every test of this room."""

from __future__ import annotations

import pytest

from tests.stores.contract import AnyStore
from tests.stores.relay_crew import Crew
from worker.adapters.memory import MemoryStore
from worker.adapters.memory_state import Memory
from worker.adapters.redis_store import RedisStore
from worker.domain.pace import RelayLimits


@pytest.fixture(params=["memory", "redis"])
def crew(request: pytest.FixtureRequest) -> Crew:
    """The contract is one, its twins are two."""

    def assemble(size: int = 1, **limits: float) -> list[AnyStore]:
        bounds = RelayLimits(**limits)  # type: ignore[arg-type]
        if request.param == "memory":
            memory = Memory()
            return [MemoryStore(memory, bounds) for _ in range(size)]
        redis = request.getfixturevalue("redis")
        redis.flushdb()
        return [RedisStore(redis, bounds) for _ in range(size)]

    return assemble
