"""From facts to bytes, and from bytes to the relay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from worker.domain.facts import Facts
from worker.domain.message import Letter, MessageKey
from worker.domain.own_draft import OwnDraft
from worker.domain.reply import Reply

#: Asked with a group of letters before the relay hears of the first; gives those that may be handed over.
Gate = Callable[[Sequence[Letter]], frozenset[MessageKey]]


class Line(Protocol):
    """The way to the relay: one open connection, or several beside each other."""

    def submit(self, letters: Sequence[Letter], gate: Gate) -> Iterator[tuple[Letter, Reply]]:
        """Hand letters over in groups, one reply for each as it comes; refusals and lost lines are no exceptions.

        A group passes the gate together, once all letters of the group before have their replies. After a lost line
        or a relay that refuses us the remaining letters are not tried; nor are those for which, after their gate,
        no time is left. A letter without a reply was not handed over: its final dot never left.
        """

    def shortage(self) -> Reply | None:
        """Why there are fewer connections than asked for, where the relay refused one."""


class Transport(Protocol):
    """The way to the relay."""

    def connect(self, abreast: int = 1) -> AbstractContextManager[Line | Reply]:
        """An open, authenticated line, or the reply that says why there is none; it may be kept for the next round.

        It has as many connections beside each other as asked for, or as many as can be had.
        """

    def hang_up(self) -> None:
        """Say goodbye on a line that was kept; never raises."""


class Scribe(Protocol):
    """Letters that somebody rewrites for one person."""

    def begun(self, key: MessageKey, facts: Facts, at: datetime) -> OwnDraft:
        """What the mail of this key says, as Markdown to be changed; unchanged it says the same."""

    def check(self, key: MessageKey, facts: Facts, at: datetime) -> None:
        """InvalidFile with the line of the first mistake in the facts' draft."""


class Composer(Protocol):
    """Facts to bytes."""

    def compose(self, key: MessageKey, facts: Facts, at: datetime) -> Letter:
        """The letter for this key, dated `at`; the same facts give the same bytes. Raises ComposeFailed."""
