"""What a worker knows reaches the ledger, however long that is away; and a worker that leaves stops waiting."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError  # noqa: A004 - redis-py's own name
from redis.retry import Retry

from tests.stores.contract import ANNE, armed, claim, sending, settled, states
from worker.adapters import until_heard
from worker.adapters.redis_server import RunningServer, ensure_server
from worker.adapters.redis_store import RedisStore
from worker.adapters.stopping import Stop
from worker.domain.lifecycle import State


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    running = ensure_server(tmp_path / "redis")
    yield running
    ensure_server(tmp_path / "redis").stop()


def an_impatient_client(server: RunningServer) -> Redis:
    """One that itself tries once only."""
    return Redis.from_url(server.url, decode_responses=True, socket_timeout=1, retry=Retry(NoBackoff(), 0))


def test_an_outcome_is_told_once_the_server_is_back(server: RunningServer) -> None:
    store = RedisStore(an_impatient_client(server))
    armed(store, ANNE)
    [held] = claim(store)
    sending(store, (held,))
    os.kill(server.pid, signal.SIGKILL)
    told: list[bool] = []
    telling = threading.Thread(target=lambda: told.append(settled(store, held, State.SENT)))

    telling.start()
    ensure_server(server.folder)
    telling.join(timeout=30)

    assert told == [True]
    assert states(store) == {"anne": State.SENT}


def test_who_must_leave_stops_waiting(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = Stop()
    monkeypatch.setattr(until_heard, "STOPPING", stop)
    store = RedisStore(an_impatient_client(server))
    armed(store, ANNE)
    [held] = claim(store)
    os.kill(server.pid, signal.SIGKILL)
    threading.Timer(0.2, stop.begin, (1.0,)).start()

    with pytest.raises(ConnectionError):
        settled(store, held, State.SENT)
