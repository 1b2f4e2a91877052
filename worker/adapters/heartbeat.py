"""A sign of life for health checks: a file under `<data>/run/`, touched while a process goes round its main loop."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

#: Real seconds between two signs, and after how many a process counts as stuck.
EVERY, STALE = 5.0, 60.0


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


def keep_touching(file: Path) -> None:
    """Leave signs from a thread, for a main loop that cannot be asked to; ends with the process."""
    threading.Thread(target=_for_ever, args=(file,), name="heartbeat", daemon=True).start()


def _for_ever(file: Path) -> None:
    while True:
        touch(file)
        time.sleep(EVERY)


def leave_with(parent: int, number: int) -> None:
    """Send this process the signal `number` when `parent` is no longer its parent, however that one ended."""
    threading.Thread(target=_watch, args=(parent, number), name="parent", daemon=True).start()


def _watch(parent: int, number: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), number)
