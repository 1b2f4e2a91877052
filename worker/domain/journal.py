"""What a worker's machine wrote down by itself, and what that says about a ledger that forgot it.

A journal is lines of words. `g 41 KEY KEY`: these two passed the gate, and the ledger then counted 41 passages.
`s sent KEY`: what became of one. Keys only, never an address.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from worker.domain.errors import InvalidKey
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey

PASSED, SETTLED = "g", "s"

#: Outcomes after which the relay has the mail, or will never have it.
_KNOWN = {State.SENT, State.BOUNCED}


@dataclass(frozen=True, slots=True)
class Passage:
    """A group that passed the gate together; `sequence` counts all passages of the ledger, this group included."""

    sequence: int
    keys: tuple[MessageKey, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """All that the journals tell, in the order in which it was written."""

    passages: tuple[Passage, ...] = ()
    outcomes: tuple[tuple[MessageKey, State], ...] = ()

    @property
    def highest(self) -> int:
        """The last passage anybody wrote down."""
        return max((passage.sequence for passage in self.passages), default=0)

    def findings(self, after: int) -> dict[MessageKey, State]:
        """What became of every message that passed the gate after this many passages.

        Sent, bounced, or in doubt where no outcome was written; what the relay refused for now is left out: it waits.
        """
        told = dict(self.outcomes)
        late = (key for passage in self.passages if passage.sequence > after for key in passage.keys)
        states = {key: told.get(key, State.IN_DOUBT) for key in late}
        return {key: state for key, state in states.items() if state in _KNOWN | {State.IN_DOUBT}}

    def covers(self, after: int) -> bool:
        """Whether every passage after this many is told by somebody: no machine's journal is missing."""
        told = {n for p in self.passages for n in range(p.sequence - len(p.keys) + 1, p.sequence + 1)}
        return set(range(after + 1, self.highest + 1)) <= told


def passed_line(sequence: int, keys: Iterable[MessageKey]) -> str:
    """The line of a group past its gate."""
    return " ".join((PASSED, str(sequence), *map(str, keys)))


def settled_line(state: State, key: MessageKey) -> str:
    """The line of an outcome."""
    return f"{SETTLED} {state} {key}"


def read_account(lines: Iterable[str]) -> Account:
    """What these lines tell; a line torn by a crash tells nothing."""
    passages: list[Passage] = []
    outcomes: list[tuple[MessageKey, State]] = []
    for line in lines:
        kind, *words = line.split() or [""]
        try:
            if kind == PASSED:
                passages.append(Passage(int(words[0]), tuple(map(MessageKey.parse, words[1:]))))
            elif kind == SETTLED:
                outcomes.append((MessageKey.parse(words[1]), State(words[0])))
        except (InvalidKey, ValueError, IndexError):
            continue
    return Account(tuple(passages), tuple(outcomes))
