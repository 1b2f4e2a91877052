"""A relay in memory: the Transport's twin for tests and rehearsals, without a socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from worker.domain.message import Letter
from worker.domain.reply import ABOUT_ONE_LETTER, Phase, Reply, Verdict
from worker.domain.share import together
from worker.ports import Gate, Line

_KEPT_BACK = Reply(Phase.GATE, text="our own gate kept it back")


def accept(letter: Letter) -> Reply:
    """The answer of a relay that takes everything."""
    return Reply(Phase.DOT, 250, f"2.0.0 {letter.key} queued")


class MemoryTransport:
    """Answers each letter as told. `kept` is what the relay has, in order, with or without having said so.

    The gate is asked for each group of letters before the relay hears of the first, as on a real line.
    """

    def __init__(
        self,
        answer: Callable[[Letter], Reply] = accept,
        *,
        greeting: Reply | None = None,
        group: int = 1,
        shortage: Reply | None = None,
    ) -> None:
        """`answer` is the relay's reply to a letter; with a `greeting`, that is all anyone ever gets.

        `shortage` is what it says to whoever wants a second connection.
        """
        self._answer, self._greeting, self._group, self._shortage = answer, greeting, group, shortage
        self.kept: list[Letter] = []
        self.lines = self.abreast = 0

    @contextmanager
    def connect(self, abreast: int = 1) -> Iterator[Line | Reply]:
        """A line, or the greeting that refuses one; `lines` counts the lines given, `abreast` the last one's width."""
        self.abreast = abreast
        if self._greeting is None:
            self.lines += 1
            yield self
        else:
            yield self._greeting

    def hang_up(self) -> None:
        """There is nothing to hang up."""

    def shortage(self) -> Reply | None:
        """As told."""
        return self._shortage if self.abreast > 1 else None

    def submit(self, letters: Sequence[Letter], gate: Gate) -> Iterator[tuple[Letter, Reply]]:
        """See the port."""
        size = together(len(letters), self._group)
        for start in range(0, len(letters), size):
            group = letters[start : start + size]
            passed = gate(group)
            yield from ((one, _KEPT_BACK) for one in group if one.key not in passed)
            for letter in (one for one in group if one.key in passed):
                reply = self._hand_over(letter)
                yield letter, reply
                if reply.verdict not in ABOUT_ONE_LETTER:
                    return

    def _hand_over(self, letter: Letter) -> Reply:
        reply = self._answer(letter)
        if reply.verdict in (Verdict.ACCEPTED, Verdict.UNKNOWN):
            self.kept.append(letter)
        return reply
