"""A mailbox in memory: tests fill it, services empty it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from worker.domain.errors import Unreachable
from worker.ports.mailroom import Folder, Incoming


class MemoryMailbox:
    """`ports.mailroom.Mailbox` and its tray in memory. `broken` says why it does not open."""

    def __init__(self, *mails: bytes) -> None:
        """Begin with these mails, the oldest first."""
        self.mails: dict[str, bytes] = {}
        self.filed: dict[Folder, list[bytes]] = {folder: [] for folder in Folder}
        self.broken = ""
        for mail in mails:
            self.put(mail)

    def put(self, raw: bytes) -> None:
        """A mail arrives."""
        self.mails[str(len(self.mails) + sum(map(len, self.filed.values())) + 1)] = raw

    @contextmanager
    def open(self) -> Iterator[MemoryMailbox]:
        """See the port."""
        if self.broken:
            raise Unreachable(self.broken)
        yield self

    def waiting(self, limit: int) -> Iterator[Incoming]:
        """See the port."""
        yield from [Incoming(name, raw) for name, raw in self.mails.items()][:limit]

    def file(self, name: str, folder: Folder) -> None:
        """See the port."""
        if name in self.mails:
            self.filed[folder].append(self.mails.pop(name))
