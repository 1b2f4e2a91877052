"""The tools, made when a command first needs them: `apres --help` must not wait for Redis, Babel and the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from worker.domain.edition import Edition
from worker.domain.journal import Account
from worker.domain.refusals import Told
from worker.domain.table import Table
from worker.ports import Scribe
from worker.services.tools import Tools


def tools() -> Tools:
    """What the services work with, as settings say."""
    from worker import bootstrap  # noqa: PLC0415 - half a second that help and wrong options need not pay

    return bootstrap.tools()


def proofread(edition: Edition) -> None:
    """Refuse to go on with letters that could not be written: InvalidFile names file and line."""
    from worker import bootstrap  # noqa: PLC0415 - likewise

    bootstrap.check_letters(edition)


def scribe() -> Scribe:
    """Who begins and proofreads letters that are rewritten for one person."""
    from worker import bootstrap  # noqa: PLC0415 - likewise

    return bootstrap.scribe()


def edition(named: str) -> Edition:
    """The edition of a .toml file, which is kept from now on, or of a known id."""
    from worker import bootstrap  # noqa: PLC0415 - likewise

    return bootstrap.edition(named)


def write_edition(edition: Edition, file: Path) -> None:
    """An edition into a new file."""
    from worker import bootstrap  # noqa: PLC0415 - likewise

    bootstrap.write_edition(edition, file)


def account(files: list[Path]) -> Account:
    """What the journals of this machine and these files tell."""
    from worker.machine import keeping  # noqa: PLC0415 - likewise

    return keeping.account(files)


def back_up(file: Path, progress: Callable[[int, int], None]) -> int:
    """The ledger into a file; gives how many keys."""
    from worker.machine import keeping  # noqa: PLC0415 - likewise

    return keeping.back_up(file, progress)


def restore(file: Path, progress: Callable[[int, int], None], refusals: list[Path]) -> int:
    """A file into the empty ledger, which is then held; gives how many keys."""
    from worker.machine import keeping  # noqa: PLC0415 - likewise

    return keeping.restore(file, progress, refusals)


def refusals() -> tuple[Told, ...]:
    """What people refused, and their erasures, as this machine wrote them down."""
    from worker.machine import keeping  # noqa: PLC0415 - likewise

    return keeping.refusals_in(data())


def set_ledger_aside() -> Path:
    """Back up the ledger as it is, and empty it; gives the file."""
    from worker.machine import keeping  # noqa: PLC0415 - likewise

    return keeping.set_aside()


def write_feed(named: str, folder: Path) -> dict[Path, tuple[bool, int]]:
    """The calendar of a series as files."""
    from worker.bootstrap import feeds  # noqa: PLC0415 - likewise

    return feeds.write_feed(named, folder)


def edition_name(named: str) -> str:
    """The id of the edition in a .toml file, which is kept from now on; any other name as it is."""
    return edition(named).id if named.endswith(".toml") else named


def guest_table(path: Path) -> Table:
    """The rows of a guest list."""
    from worker import bootstrap  # noqa: PLC0415 - likewise

    return bootstrap.guest_table(path)


def data() -> Path:
    """The data folder."""
    from worker import bootstrap  # noqa: PLC0415 - likewise

    return bootstrap.settings().data
