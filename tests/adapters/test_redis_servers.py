"""What the servers tell of themselves, and the broker's address in Celery's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from celery import Celery
from redis import Redis
from redis.exceptions import RedisError

from worker.adapters.broker import broker_client
from worker.adapters.redis_checks import trouble
from worker.adapters.redis_server import RunningServer
from worker.adapters.redis_servers import RedisServers
from worker.celery_settings import celery_settings
from worker.domain.sequence import QUEUES


def _servers(server: RunningServer, redis: Redis) -> RedisServers:
    return RedisServers(lambda: broker_client(server.broker_url), redis, QUEUES)


def test_wake_ups_are_counted_where_celery_puts_them(redis_server: RunningServer, redis: Redis) -> None:
    app = Celery("test", set_as_current=False)
    app.conf.update(celery_settings(redis_server.broker_url, redis_server.url, {}))
    for queue in ("campaign", "campaign", "chores"):
        app.send_task("deliver", args=("campaign",), queue=queue)

    assert _servers(redis_server, redis).queue_lengths() == {"chores": 1, "urgent": 0, "campaign": 2}


def test_a_server_kept_as_asked_is_well_and_knows_its_memory(
    redis_server: RunningServer, redis: Redis
) -> None:
    health = _servers(redis_server, redis).ledger_health()

    assert health.faults == ()
    assert 0 < health.used < health.limit


def test_its_own_maximum_is_its_limit(redis_server: RunningServer, redis: Redis) -> None:
    redis.config_set("maxmemory", "64mb")
    try:
        assert _servers(redis_server, redis).ledger_health().limit == 64 * 1024 * 1024
    finally:
        redis.config_set("maxmemory", "0")


def test_a_setting_that_forgets_is_a_fault_with_its_remedy(redis_server: RunningServer, redis: Redis) -> None:
    redis.config_set("appendfsync", "everysec")
    try:
        [fault] = _servers(redis_server, redis).ledger_health().faults
    finally:
        redis.config_set("appendfsync", "always")

    assert "CONFIG SET appendfsync always" in fault


def test_a_full_disk_is_a_fault() -> None:
    class Full:
        def info(self, _section: str) -> dict[str, str]:
            return {"aof_last_write_status": "err", "aof_last_bgrewrite_status": "ok"}

    [fault] = trouble(Full())  # type: ignore[arg-type]  # the one answer that counts

    assert "aof_last_write_status is err" in fault


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("redis://127.0.0.1:6390/3", {"host": "127.0.0.1", "port": 6390, "db": 3}),
        ("redis+socket:///run/own.sock?virtual_host=2", {"path": "/run/own.sock", "db": 2}),
    ],
)
def test_the_brokers_address_is_celerys(url: str, words: dict[str, str | int]) -> None:
    known = broker_client(url).connection_pool.connection_kwargs

    assert {name: known[name] for name in words} == words


def test_nothing_is_connected_before_it_is_asked(tmp_path: Path, redis: Redis) -> None:
    servers = RedisServers(lambda: broker_client(f"redis+socket://{tmp_path}/none.sock"), redis, QUEUES)

    with pytest.raises(RedisError, match=r"none\.sock"):
        servers.queue_lengths()
