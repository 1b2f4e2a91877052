"""The broken line itself: it breaks where it was told, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, TimeoutError  # noqa: A004 - redis-py's own names
from redis.retry import Retry

from tests.faults.proxy import Deed, Proxy, Side, Trouble
from worker.adapters.redis_door import Door, DoorKind
from worker.adapters.redis_server import RunningServer, ensure_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    running = ensure_server(tmp_path_factory.mktemp("redis"), DoorKind.LOOPBACK)
    yield running
    running.stop()


@pytest.fixture
def proxy(server: RunningServer) -> Iterator[Proxy]:
    door = Door.recall(Path(server.folder) / "door.json")
    assert door
    with Proxy("127.0.0.1", door.port) as proxy:
        yield proxy


@pytest.fixture
def client(server: RunningServer, proxy: Proxy) -> Iterator[Redis]:
    door = Door.recall(Path(server.folder) / "door.json")
    assert door
    with Redis(
        port=proxy.port, password=door.password, socket_timeout=0.5, retry=Retry(NoBackoff(), 0)
    ) as client:
        client.flushdb()
        yield client


def test_a_command_that_is_cut_is_not_carried_out(proxy: Proxy, client: Redis) -> None:
    proxy.tell(Trouble(b"INCR", Deed.CUT))

    with pytest.raises(ConnectionError):
        client.incr("n")

    assert (client.incr("n"), proxy.done) == (1, [1])


def test_a_lost_reply_belongs_to_a_command_that_was_carried_out(proxy: Proxy, client: Redis) -> None:
    proxy.tell(Trouble(b"INCR", Deed.PASS_THEN_CUT))

    with pytest.raises(ConnectionError):
        client.incr("n")

    assert client.incr("n") == 2


def test_a_reply_can_be_lost_by_its_words(proxy: Proxy, client: Redis) -> None:
    client.set("n", "parapluie")
    proxy.tell(Trouble(b"parapluie", Deed.CUT, side=Side.SERVER))

    with pytest.raises(ConnectionError):
        client.get("n")

    assert client.get("n") == b"parapluie"


def test_a_reply_held_back_comes_in_the_end(proxy: Proxy, client: Redis) -> None:
    client.set("n", "parapluie")
    proxy.tell(Trouble(b"parapluie", Deed.HOLD, side=Side.SERVER))

    with pytest.raises(TimeoutError):
        client.get("n")
    proxy.release()

    assert client.get("n") == b"parapluie"


def test_a_stranded_line_is_silent_and_a_new_one_works(proxy: Proxy, client: Redis) -> None:
    client.ping()
    proxy.strand()

    with pytest.raises(TimeoutError):
        client.ping()

    assert client.ping()


def test_in_a_frost_nothing_passes_until_the_thaw(proxy: Proxy, client: Redis) -> None:
    proxy.freeze()
    with pytest.raises(TimeoutError):
        client.ping()

    proxy.thaw()

    assert client.ping()
