"""What comes back: the mailbox, and the memory of what was heard in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from worker.domain.answer import Answer
from worker.domain.forwarded import Original
from worker.domain.inbound import Aside

#: Answers of one person about one meeting that are kept, the last ones; nobody honest changes their mind so often.
MOST_ANSWERS = 50


class Folder(StrEnum):
    """Where a mail goes once it was read: it needs nobody any more, or somebody should look at it."""

    DONE = "done"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail that waits in the mailbox, under the name that the mailbox knows it by."""

    name: str
    raw: bytes


class Tray(Protocol):
    """The open mailbox."""

    def waiting(self, limit: int) -> Iterator[Incoming]:
        """Mails that nobody has filed yet, the oldest first, at most so many. Looking changes nothing."""

    def file(self, name: str, folder: Folder) -> None:
        """Move a mail out of what waits; one that somebody else has moved is no mistake."""


class Mailbox(Protocol):
    """Where answers arrive."""

    def open(self) -> AbstractContextManager[Tray]:
        """The mailbox, open until the block is left. Raises Unreachable where it cannot be opened or is lost."""


class Answers(Protocol):
    """What people answered, and the mails that somebody should look at."""

    def record_answer(self, answer: Answer) -> bool:
        """Keep it, durably, once for each mail and meeting; False when this mail was heard about it already."""

    def answers(self, meeting: str, people: Iterable[str] | None = None) -> tuple[Answer, ...]:
        """What was answered about a meeting, by everybody or by these; each person's answers as they were heard."""

    def keep_original(self, mail: str, raw: bytes) -> int:
        """Keep a mail as it came until it is dropped; gives its number, the same mail's always and no other's."""

    def original(self, number: int) -> Original | None:
        """The mail of this number, while it is kept."""

    def originals(self) -> tuple[int, ...]:
        """The numbers of all that are kept."""

    def drop_original(self, number: int) -> bool:
        """Keep it no longer; False when it was not kept."""

    def keep_aside(self, aside: Aside) -> bool:
        """List a mail, once; False when it stands there already."""

    def let_go(self, mail: str) -> bool:
        """Somebody has looked at it; False when it was not listed."""

    def kept_aside(self) -> tuple[Aside, ...]:
        """All that somebody should look at, oldest first."""
