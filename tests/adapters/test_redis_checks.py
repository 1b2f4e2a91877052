"""What a server must be to keep the ledger, asked of a real one that is set wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis

from worker.adapters.redis_checks import check_ledger, unchecked
from worker.adapters.redis_server import RunningServer, ensure_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of our own to set wrong."""
    running = ensure_server(tmp_path_factory.mktemp("checks"))
    yield running
    running.stop()


@pytest.fixture(params=[True, False], ids=["str", "bytes"])
def client(server: RunningServer, request: pytest.FixtureRequest) -> Iterator[Redis]:
    """A client of either kind; what it sets wrong is set right afterwards."""
    with Redis.from_url(server.url, decode_responses=request.param) as each:
        yield each
        each.replicaof("NO", "ONE")
        for word, value in {
            "appendonly": "yes",
            "appendfsync": "always",
            "maxmemory-policy": "noeviction",
        }.items():
            each.config_set(word, value)
        each.config_set("no-appendfsync-on-rewrite", "no")


def test_a_durable_server_has_nothing_wrong(client: Redis) -> None:
    assert check_ledger(client) == ()
    assert unchecked(client) == ()


@pytest.mark.parametrize(
    ("word", "wrong", "right"),
    [
        ("appendonly", "no", "yes"),
        ("appendfsync", "everysec", "always"),
        ("maxmemory-policy", "allkeys-lru", "noeviction"),
        ("no-appendfsync-on-rewrite", "yes", "no"),
    ],
)
def test_a_forgetful_setting_is_named_with_its_remedy(
    client: Redis, word: str, wrong: str, right: str
) -> None:
    client.config_set(word, wrong)

    [sentence] = check_ledger(client)

    assert f"`CONFIG SET {word} {right}`" in sentence
    assert f"`{word} {right}` into its redis.conf" in sentence


def test_every_fault_has_its_own_sentence(client: Redis) -> None:
    client.config_set("appendonly", "no")
    client.config_set("appendfsync", "no")
    client.config_set("maxmemory-policy", "volatile-ttl")

    assert len(check_ledger(client)) == 3


def test_a_replica_is_not_a_ledger(client: Redis) -> None:
    client.replicaof("127.0.0.1", 1)

    [sentence] = check_ledger(client)

    assert "replica" in sentence


def test_a_server_too_old_is_refused(server: RunningServer) -> None:
    class OldRedis(Redis):
        """A client that meets a server of 2018."""

        def info(self, section: str | None = None, *args: Any, **kwargs: Any) -> Any:
            """As the server tells it, but for its version."""
            return {**super().info(section, *args, **kwargs), "redis_version": "5.0.14"}

    with OldRedis.from_url(server.url) as client:
        [sentence] = check_ledger(client)

    assert "5.0.14" in sentence
    assert "6.2" in sentence


def test_a_server_that_hides_its_settings_is_not_accused(client: Redis, server: RunningServer) -> None:
    client.acl_setuser(
        "shy", enabled=True, reset=True, nopass=True, keys=["*"], commands=["+@all", "-config"]
    )

    with Redis.from_url(server.url, username="shy", password="any") as shy:
        wrong, [unknown] = check_ledger(shy), unchecked(shy)

    assert wrong == ()
    assert "appendfsync" in unknown


def test_what_can_be_seen_without_config_is_still_seen(client: Redis, server: RunningServer) -> None:
    client.acl_setuser(
        "shy", enabled=True, reset=True, nopass=True, keys=["*"], commands=["+@all", "-config"]
    )
    client.config_set("maxmemory-policy", "allkeys-lru")
    client.config_set("appendonly", "no")

    with Redis.from_url(server.url, username="shy", password="any") as shy:
        assert len(check_ledger(shy)) == 2
