"""A relay in memory: the Transport's twin for tests and rehearsals, without a socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from worker.domain.message import Letter
from worker.domain.reply import Phase, Reply, Verdict
from worker.ports import Gate, Line

#: What is said about one letter only; after any other verdict the remaining letters are not tried.
_ABOUT_ONE_LETTER = frozenset({Verdict.ACCEPTED, Verdict.TRY_LATER, Verdict.REFUSED})


def accept(letter: Letter) -> Reply:
    """The answer of a relay that takes everything."""
    return Reply(Phase.DOT, 250, f"2.0.0 {letter.key} queued")


class MemoryTransport:
    """Answers each letter as told. `kept` is what the relay has, in order, with or without having said so.

    The gate is asked for every letter whose answer comes at the final dot, and for no other, as on a real line.
    """

    def __init__(self, answer: Callable[[Letter], Reply] = accept, *, greeting: Reply | None = None) -> None:
        """`answer` is the relay's reply to a letter; with a `greeting`, that is all anyone ever gets."""
        self._answer, self._greeting = answer, greeting
        self.kept: list[Letter] = []
        self.lines = 0

    @contextmanager
    def connect(self) -> Iterator[Line | Reply]:
        """A line, or the greeting that refuses one; `lines` counts the lines given."""
        if self._greeting is None:
            self.lines += 1
            yield self
        else:
            yield self._greeting

    def submit(self, letters: Sequence[Letter], gate: Gate) -> Iterator[tuple[Letter, Reply]]:
        """One reply for each letter, in order, until the line is lost, the gate shut or the relay refuses us."""
        for letter in letters:
            reply = self._hand_over(letter, gate)
            yield letter, reply
            if reply.verdict not in _ABOUT_ONE_LETTER:
                return

    def _hand_over(self, letter: Letter, gate: Gate) -> Reply:
        reply = self._answer(letter)
        if reply.phase is not Phase.DOT:
            return reply
        if letter.key not in gate((letter,)):
            return Reply(Phase.GATE, text="our own gate kept the final dot back")
        if reply.verdict in (Verdict.ACCEPTED, Verdict.UNKNOWN):
            self.kept.append(letter)
        return reply
