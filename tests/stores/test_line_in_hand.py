"""The connection that stays in hand between two calls is used again exactly while it is as it was left."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.connection import UnixDomainSocketConnection
from redis.exceptions import ConnectionError  # noqa: A004 - redis-py's own name
from redis.retry import Retry

from worker.adapters.line_in_hand import LineInHand
from worker.adapters.redis_server import RunningServer
from worker.adapters.redis_store import connect


@pytest.fixture
def client(redis_server: RunningServer) -> Iterator[Redis]:
    with connect(redis_server.url) as client:
        yield client


def test_one_call_after_the_other_goes_over_one_connection(client: Redis) -> None:
    first = client.client_id()

    with client.pipeline(transaction=False) as pipe:
        pipe.client_id()
        (second,) = pipe.execute()

    assert first == second == client.client_id()


def test_two_at_once_have_a_connection_each(client: Redis) -> None:
    pool = client.connection_pool

    one, other = pool.get_connection(), pool.get_connection()
    pool.release(one)
    pool.release(other)

    assert one is not other
    assert {pool.get_connection(), pool.get_connection()} == {one, other}


def test_what_is_given_back_twice_is_given_to_one(client: Redis) -> None:
    pool = client.connection_pool
    line = pool.get_connection()

    pool.release(line)
    pool.release(line)

    assert pool.get_connection() is not pool.get_connection()


def test_an_answer_that_nobody_took_is_not_taken_for_the_next(client: Redis) -> None:
    line: Any = client.connection_pool.get_connection()
    line.send_command("ECHO", "left behind")
    while not line.can_read():
        pass

    client.connection_pool.release(line)

    assert client.echo("asked for") == "asked for"


def test_a_connection_that_the_server_closed_is_opened_again(client: Redis, redis: Redis) -> None:
    first = client.client_id()

    redis.client_kill_filter(_id=str(first))

    assert client.client_id() != first


def test_a_server_that_is_away_is_called_as_often_as_by_a_pool_without_a_line_in_hand() -> None:
    calls: list[int] = []

    class Away(UnixDomainSocketConnection):
        def _connect(self) -> Any:
            calls[-1] += 1
            raise ConnectionError("nobody there")

    pool = LineInHand(connection_class=Away, path="/nowhere", retry=Retry(NoBackoff(), 2))
    for _ in range(3):
        calls.append(0)
        with pytest.raises(ConnectionError):
            pool.get_connection()

    assert calls == [3, 3, 3]


def test_another_process_has_its_own(client: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    first, own = client.client_id(), os.getpid()

    monkeypatch.setattr(os, "getpid", lambda: own + 1)
    second = client.client_id()

    assert second != first
