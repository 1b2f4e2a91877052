"""Where templates, schedules and the sample edition lie: the organizer's own first, then those we brought along."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent

#: A wheel carries the three folders inside the package; in a checkout they stand beside it.
_BROUGHT = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parent


def template_folder(home: Path | None) -> Path:
    """`templates/` of the organizer's home (APRES_HOME) when it has one, else ours. A folder is taken whole."""
    return _own_or_brought(home, "templates")


def schedule_folder(home: Path | None) -> Path:
    """`schedules/` of the organizer's home (APRES_HOME) when it has one, else ours. A folder is taken whole."""
    return _own_or_brought(home, "schedules")


def sample_folder() -> Path:
    """The sample edition of the demo: always ours."""
    return _BROUGHT / "sample"


def _own_or_brought(home: Path | None, folder: str) -> Path:
    own = home / folder if home else None
    return own if own and own.is_dir() else _BROUGHT / folder
