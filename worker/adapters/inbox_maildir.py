"""The Maildir of the local inbox: one file per mail and mailbox, on disk before it is promised."""

from __future__ import annotations

import itertools
import os
import re
import secrets
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

_OURS = re.compile(r"(?P<seconds>\d{1,11})\.M(?P<micros>\d{1,6})P\d+Q(?P<number>\d{1,18})")


class Maildir:
    """A folder with `tmp`, `new` and `cur`, as any mail reader knows it. Safe to write from many threads."""

    def __init__(self, folder: Path) -> None:
        """Make what is missing of the folder; it is readable by its owner only."""
        self.folder = folder
        for name in ("tmp", "new", "cur"):
            (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def keep(self, raw: bytes) -> str:
        """Store a mail and give its name, once it would survive a power cut; OSError when it cannot be kept."""
        name = self._unique_name()
        draft = self.folder / "tmp" / name
        _write_durably(draft, raw)
        draft.rename(self.folder / "new" / name)
        _sync_folder(self.folder / "new")
        return name

    def names(self) -> list[str]:
        """Every mail's name, the newest first, whether or not a mail reader has seen it."""
        paths = self._paths()
        return sorted(paths, key=lambda name: _age(paths[name]), reverse=True)

    def read(self, name: str) -> bytes | None:
        """The bytes of a mail, or None when there is none of this name."""
        try:
            path = self._find(name)
            return path.read_bytes() if path else None
        except FileNotFoundError:  # a mail reader has just moved it from new to cur
            path = self._find(name)
            return path.read_bytes() if path else None

    def received_at(self, name: str) -> datetime:
        """When it came (UTC, real time); of files that others put here, when they were written."""
        seconds, micros, _ = _age(self._find(name) or Path(name))
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micros)

    def _find(self, name: str) -> Path | None:
        if "/" in name or name.startswith("."):  # names come from page addresses too
            return None
        fresh = self.folder / "new" / name
        return fresh if fresh.is_file() else self._paths().get(name)

    def _paths(self) -> dict[str, Path]:
        """Files by name without the flags that readers append after a colon (`:2,S`)."""
        found = (
            Path(entry)
            for room in ("cur", "new")
            for entry in os.scandir(self.folder / room)
            if entry.is_file()
        )
        return {path.name.partition(":")[0]: path for path in found if not path.name.startswith(".")}

    def _unique_name(self) -> str:
        with self._lock:  # so that name order is order of arrival
            seconds, nanos = divmod(time.time_ns(), 1_000_000_000)
            number = next(self._numbers)
        return f"{seconds}.M{nanos // 1000:06d}P{os.getpid()}Q{number}R{secrets.token_hex(4)}.apres"


def _age(path: Path) -> tuple[int, int, int]:
    """Seconds, microseconds and arrival number, from the name where it is one of ours."""
    ours = _OURS.match(path.name)
    if ours:
        return int(ours["seconds"]), int(ours["micros"]), int(ours["number"])
    return (int(path.stat().st_mtime), 0, 0) if path.exists() else (0, 0, 0)


def _write_durably(path: Path, raw: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    # A rename is durable only once its folder is (fsync(2), "Calling fsync() does not necessarily ensure…").
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
