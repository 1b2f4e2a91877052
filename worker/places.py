"""Where `templates/`, `schedules/` and the sample edition are: in APRES_HOME, in the checkout, or in the wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent
_WHEEL = _PACKAGE / "_data"


def template_folder(home: Path | None) -> Path:
    """The folder of mail templates; an organizer's own in `home` wins."""
    return _folder("templates", home)


def schedule_folder(home: Path | None) -> Path:
    """The folder of sequences and chores; an organizer's own in `home` wins."""
    return _folder("schedules", home)


def sample_folder() -> Path:
    """The sample edition of the demo."""
    return _folder("sample", None)


def _folder(name: str, home: Path | None) -> Path:
    if home is not None and (home / name).is_dir():
        return home / name
    return _CHECKOUT / name if (_CHECKOUT / name).is_dir() else _WHEEL / name
