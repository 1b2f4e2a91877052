"""A ledger as one file: whole and private, or refused with a sentence."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from tests.stores.contract import ANNE, BRUNO, NOON, armed, claim, sending, settled
from worker.adapters import keys
from worker.adapters.backup import read_backup, rewrite_backup, write_backup
from worker.adapters.redis_store import RedisStore
from worker.domain.errors import InvalidFile, Refused
from worker.domain.lifecycle import State
from worker.domain.own_draft import OwnDraft
from worker.domain.suppression import Cause, Suppression


def quietly(done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def backup(redis: Redis, tmp_path: Path) -> Path:
    """A ledger in which Anne's mail was sent and Bruno's waits."""
    store = RedisStore(redis)
    store.ledger()
    armed(store, ANNE, BRUNO)
    [held] = claim(store, limit=1)
    sending(store, (held,))
    settled(store, held, State.SENT)
    store.keep_draft(BRUNO, OwnDraft("thank-you", "subject: Merci\n\nBonjour Bruno,\n"))
    file = tmp_path / "ledger.backup"
    write_backup(redis, file, quietly)
    return file


def told(store: RedisStore) -> tuple[Any, ...]:
    """Everything that must come back."""
    return (
        store.records("cafe-12"),
        store.counts("cafe-12"),
        tuple(store.entries("cafe-12")),
        store.campaign("cafe-12"),
        store.drafts("cafe-12"),
    )


def test_a_backup_of_an_earlier_version_still_bars_at_the_claim(redis: Redis, tmp_path: Path) -> None:
    store, file = RedisStore(redis), tmp_path / "ledger.backup"
    store.ledger()
    armed(store, ANNE, BRUNO)
    store.suppress(Suppression("anne", Cause.BY_HAND, NOON))
    redis.delete(keys.PRINTS)
    write_backup(redis, file, quietly)
    redis.flushdb()

    read_backup(redis, file, quietly)
    redis.hdel(keys.LEDGER, "held")
    RedisStore(redis).set_clock(NOON)

    assert [held.key for held in claim(RedisStore(redis))] == [BRUNO]


def test_what_is_restored_is_what_was_there(redis: Redis, backup: Path) -> None:
    before, mark = told(RedisStore(redis)), RedisStore(redis).ledger()
    redis.flushdb()

    read_backup(redis, backup, quietly)

    store = RedisStore(redis)
    assert told(store) == before
    assert (store.ledger().id, store.ledger().sequence, store.ledger().held) == (
        mark.id,
        mark.sequence,
        "older",
    )


def test_a_restored_ledger_sends_nothing_until_it_is_reconciled(redis: Redis, backup: Path) -> None:
    redis.flushdb()
    read_backup(redis, backup, quietly)
    store = RedisStore(redis)

    assert claim(store, "t9") == ()

    store.release_ledger(store.ledger().sequence)
    store.set_clock(NOON)
    assert [c.key for c in claim(store, "t10")] == [BRUNO]


def test_the_file_is_ours_alone(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert not list(backup.parent.glob("*.draft"))


def test_leases_and_claims_stay_behind(backup: Path) -> None:
    text = gzip.decompress(backup.read_bytes()).decode()

    assert not any(f"{{apres}}:{passing}" in text for passing in ("leases", "claim:", "slots", "clock"))


def test_a_ledger_that_is_not_empty_is_left_alone(redis: Redis, backup: Path) -> None:
    before = told(RedisStore(redis))

    with pytest.raises(Refused, match="--replace"):
        read_backup(redis, backup, quietly)

    assert told(RedisStore(redis)) == before


@pytest.mark.parametrize("spoil", ["cut", "changed", "foreign", "empty"])
def test_a_file_that_is_no_whole_backup_changes_nothing(redis: Redis, backup: Path, spoil: str) -> None:
    whole = backup.read_bytes()
    plain = gzip.decompress(whole)
    backup.write_bytes(
        {
            "cut": whole[: len(whole) // 2],
            "changed": gzip.compress(plain.replace(b"accepted", b"rejected")),
            "foreign": b"PK\x03\x04 something else",
            "empty": b"",
        }[spoil]
    )
    redis.flushdb()

    with pytest.raises(InvalidFile, match=r"ledger\.backup: backup: "):
        read_backup(redis, backup, quietly)

    assert not redis.keys("{apres}:campaign*")


def test_what_somebody_held_is_given_back_by_the_next_tick(redis: Redis, tmp_path: Path) -> None:
    store = RedisStore(redis)
    armed(store, ANNE, BRUNO)
    claims = claim(store)
    sending(store, claims[:1])
    write_backup(redis, tmp_path / "held.backup", quietly)
    redis.flushdb()

    read_backup(redis, tmp_path / "held.backup", quietly)
    store.reap()

    assert {record.key: record.state for record in store.records("cafe-12")} == {
        claims[0].key: State.IN_DOUBT,
        claims[1].key: State.SCHEDULED,
    }


def test_a_backup_is_rewritten_whole_or_left_alone(redis: Redis, backup: Path) -> None:
    before = backup.read_bytes()
    assert not rewrite_backup(backup, lambda record: record["value"])
    assert backup.read_bytes() == before

    assert rewrite_backup(backup, lambda record: None if "messages" in record["key"] else record["value"])

    redis.flushdb()
    read_backup(redis, backup, quietly)
    assert RedisStore(redis).records("cafe-12") == ()
    assert RedisStore(redis).campaign("cafe-12").status == "armed"
