"""Keeping the ledger: into a file, out of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from worker import bootstrap
from worker.adapters import keys
from worker.adapters.backup import read_backup, write_backup
from worker.adapters.journal import told_of
from worker.adapters.redis_store import connect
from worker.adapters.refusal_journal import RefusalJournal
from worker.domain.journal import Account
from worker.domain.refusals import Told
from worker.services.erase import reapply

Progress = Callable[[int, int], None]


def back_up(file: Path, progress: Progress) -> int:
    """The ledger of the settings into a file; gives how many keys."""
    bootstrap.store()
    with connect(bootstrap.servers().ledger_url) as client:
        return write_backup(client, file, progress)


def restore(file: Path, progress: Progress, refusals: Iterable[Path] = ()) -> int:
    """A file into the ledger of the settings, which must be empty and is held then; gives how many keys.

    What people refused since, and their erasures, are done again at once: from this machine's journal, and these files.
    """
    bootstrap.store()
    with connect(bootstrap.servers().ledger_url) as client:
        restored = read_backup(client, file, progress)
    reapply(bootstrap.tools(), refusals_in(bootstrap.settings().data, refusals))
    return restored


def refusals_in(data: Path, others: Iterable[Path] = ()) -> tuple[Told, ...]:
    """What the journal of refusals in this data folder tells, and these files."""
    return RefusalJournal(data / "rights").told(others)


def account(files: Iterable[Path]) -> Account:
    """What the journals of this machine, and these files, tell of the ledger."""
    return told_of(bootstrap.store().ledger(), bootstrap.settings().data / "journal", files)


def set_aside() -> Path:
    """Back up the ledger as it is, then empty it; gives the file, under the data folder."""
    name = f"before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.backup"
    file = bootstrap.settings().data / "backups" / name
    back_up(file, lambda _done, _total: None)
    with connect(bootstrap.servers().ledger_url) as client:
        client.delete(*client.scan_iter(f"{keys.TAG}:*"), "-")
    return file
