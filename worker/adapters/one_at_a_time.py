"""A lock file: what must not run side by side on one data folder. It opens with the end of its process, however."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from worker.domain.errors import Refused


@contextmanager
def alone(file: Path, otherwise: str) -> Iterator[None]:
    """Hold the lock while the block lasts; Refused with the sentence `otherwise` when another process has it."""
    with first(file) as free:
        if not free:
            raise Refused(otherwise)
        yield


@contextmanager
def first(file: Path) -> Iterator[bool]:
    """Hold the lock while the block lasts; False, at once, when another process has it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            free = False
        else:
            free = True
        yield free
