"""A lock file: two programs that must not run side by side on one data folder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from worker.domain.errors import Refused


@contextmanager
def alone(file: Path, otherwise: str) -> Iterator[None]:
    """Hold the lock while the block lasts; Refused with the sentence `otherwise` when another process has it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(otherwise) from error
        yield
