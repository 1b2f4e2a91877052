"""A sign of life for health checks: a file under `<data>/run/`, touched while a process goes round its main loop."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

#: Real seconds after which a process without a sign counts as stuck.
STALE = 60.0


def beat_file(data: Path, name: str) -> Path:
    """Where `worker` or `beat` leaves its sign."""
    return data / "run" / f"{name}.beat"


def touch(file: Path) -> None:
    """Leave a sign now. A full disk is no reason to stop sending, so failing is silent; the health check will tell."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    except OSError:
        return


def is_alive(file: Path) -> bool:
    """Whether there was a sign within the last minute."""
    try:
        return time.time() - file.stat().st_mtime < STALE
    except OSError:
        return False


def leave_with(parent: int, number: int) -> None:
    """Send this process the signal `number` when `parent` is no longer its parent, however that one ended."""
    threading.Thread(target=_watch, args=(parent, number), name="parent", daemon=True).start()


def _watch(parent: int, number: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), number)
