"""Keeping the ledger: into a file, out of a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from worker import bootstrap
from worker.adapters import keys
from worker.adapters.backup import read_backup, write_backup
from worker.adapters.redis_store import connect

Progress = Callable[[int, int], None]


def back_up(file: Path, progress: Progress) -> int:
    """The ledger of the settings into a file; gives how many keys."""
    bootstrap.store()
    with connect(bootstrap.servers().ledger_url) as client:
        return write_backup(client, file, progress)


def restore(file: Path, progress: Progress) -> int:
    """A file into the ledger of the settings, which must be empty and is held then; gives how many keys."""
    bootstrap.store()
    with connect(bootstrap.servers().ledger_url) as client:
        return read_backup(client, file, progress)


def set_aside() -> Path:
    """Back up the ledger as it is, then empty it; gives the file, under the data folder."""
    name = f"before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.backup"
    file = bootstrap.settings().data / "backups" / name
    back_up(file, lambda _done, _total: None)
    with connect(bootstrap.servers().ledger_url) as client:
        client.delete(*client.scan_iter(f"{keys.TAG}:*"), "-")
    return file
