"""The tools, made when a command first needs them: `apres --help` must not wait for Redis, Babel and the rest."""

from __future__ import annotations

from pathlib import Path

from worker.domain.edition import Edition
from worker.domain.table import Table
from worker.services.tools import Tools


def tools() -> Tools:
    """What the services work with, as settings say."""
    from worker import bootstrap  # noqa: PLC0415 - half a second that help and wrong options need not pay

    return bootstrap.tools()


def proofread() -> None:
    """Refuse to go on with templates that could not be written from: InvalidFile names the mistake."""
    from worker import bootstrap  # noqa: PLC0415 - likewise

    bootstrap.composer()


def edition(named: str) -> Edition:
    """The edition of a .toml file, which is kept from now on, or of a known id."""
    from worker import bootstrap  # noqa: PLC0415 - likewise

    return bootstrap.edition(named)


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
