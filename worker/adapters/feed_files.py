"""Files that a web server serves while we write them: whole at every moment, and untouched when nothing changed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from worker.domain.errors import Refused

_READABLE = 0o644


def write_whole(path: Path, content: bytes, same: Callable[[bytes, bytes], bool]) -> bool:
    """Put this file in the place of the old one in one step; False when the old one says the same and stays.

    Refused when the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and same(path.read_bytes(), content):
            return False
        _replace(path, content)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error
    return True


def _replace(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), _READABLE)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink()
            raise
