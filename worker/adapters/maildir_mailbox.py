"""A Maildir that a mail server of this machine delivers to, as the mailbox for answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from worker.adapters.inbox_maildir import Maildir
from worker.domain.errors import Unreachable
from worker.ports.mailroom import Folder, Incoming

#: Folders in the manner of Maildir++, which mail readers and Dovecot show as Done and Aside.
_FOLDERS = {Folder.DONE: ".Done", Folder.ASIDE: ".Aside"}

#: As much of a mail as is read; what follows is an attachment of which no answer is made.
_LONGEST = 4 * 1024 * 1024


class MaildirMailbox:
    """`ports.mailroom.Mailbox` and its tray on a Maildir."""

    def __init__(self, folder: Path) -> None:
        """The folder with `new` and `cur`; opened with each reading, made when it is missing."""
        self._folder = folder

    @contextmanager
    def open(self) -> Iterator[MaildirMailbox]:
        """The folders are made on the way; Unreachable when the disk or its rights do not allow it."""
        try:
            for folder in (self._folder, *(self._folder / name for name in _FOLDERS.values())):
                Maildir(folder)
            yield self
        except OSError as error:
            raise Unreachable(f"the Maildir {self._folder} cannot be used: {error.strerror}") from error

    def waiting(self, limit: int) -> Iterator[Incoming]:
        """From `new` and `cur`: a mail reader may have looked at them."""
        inbox = Maildir(self._folder)
        for name in inbox.names()[::-1][:limit]:
            raw = inbox.read(name)
            if raw is not None:
                yield Incoming(name, raw[:_LONGEST])

    def file(self, name: str, folder: Folder) -> None:
        """One rename: the mail is in one folder or the other, never in both."""
        target = self._folder / _FOLDERS[folder] / "cur"
        for room in ("new", "cur"):
            for path in (self._folder / room).glob(f"{name}*"):
                if path.name.partition(":")[0] == name:
                    path.rename(target / (path.name if ":" in path.name else f"{name}:2,"))
