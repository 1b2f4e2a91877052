"""What every room of tests shares: real Redis, a store of either kind, sample people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from worker.adapters.memory import MemoryStore
from worker.adapters.redis_server import RunningServer, ensure_server
from worker.adapters.redis_store import RedisStore, connect


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A real server of our own, durable as in production."""
    server = ensure_server(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def redis(redis_server: RunningServer) -> Iterator[Redis]:
    """A client on an empty ledger."""
    client = connect(redis_server.url)
    client.flushdb()
    yield client
    client.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty data folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> MemoryStore | RedisStore:
    """Every store there is: the contract is one, its twins are two."""
    if request.param == "memory":
        return MemoryStore()
    return RedisStore(request.getfixturevalue("redis"))
