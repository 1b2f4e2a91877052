"""What a worker's machine wrote down by itself, and what that says about a ledger that forgot it.

A journal is lines of words. `g 41 KEY KEY`: these two passed the gate, and the ledger then counted 41 passages.
`s sent KEY`: what became of one. Keys only, never an address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from worker.domain.errors import InvalidKey
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey

PASSED, SETTLED = "g", "s"

#: Words about a message, the more telling one last: what the relay has, or will never have, is so for good.
_TELLING = (State.SENDING, State.IN_DOUBT, State.SENT, State.BOUNCED)


@dataclass(frozen=True, slots=True)
class Passage:
    """A group that passed the gate together; `sequence` counts all passages of the ledger, this group included."""

    sequence: int
    keys: tuple[MessageKey, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What journals tell: who passed the gate, and their last word of each message (`sending`: no outcome)."""

    passages: tuple[Passage, ...] = ()
    words: Mapping[MessageKey, State] = field(default_factory=dict)

    @property
    def highest(self) -> int:
        """The last passage anybody wrote down."""
        return max((passage.sequence for passage in self.passages), default=0)

    @property
    def times(self) -> Counter[MessageKey]:
        """How often each message passed the gate."""
        return Counter(key for passage in self.passages for key in passage.keys)

    def passed(self, after: int) -> frozenset[MessageKey]:
        """Those that passed the gate after so many passages."""
        return frozenset(key for p in self.passages if p.sequence > after for key in p.keys)

    def findings(self, keys: Iterable[MessageKey]) -> dict[MessageKey, State]:
        """What became of these.

        Sent, bounced, or in doubt where no outcome was written; what waits, as the relay said or because it was given
        back, is left out.
        """
        told = {key: self.words[key] for key in keys if self.words.get(key) in _TELLING}
        return {key: State.IN_DOUBT if word is State.SENDING else word for key, word in told.items()}

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
    """What the lines of one journal tell, in the order in which they were written; a torn one tells nothing."""
    passages: list[Passage] = []
    words: dict[MessageKey, State] = {}
    for line in lines:
        for key, word in _read(line, passages):
            if words.get(key) not in (State.SENT, State.BOUNCED) or word is State.BOUNCED:
                words[key] = word
    return Account(tuple(passages), words)


def last_passage(lines: Iterable[str]) -> int:
    """The same as `read_account(lines).highest`, without a look at what passed before: asked ahead of every claim."""
    passed = [line for line in lines if line.startswith(f"{PASSED} ")]
    for line in sorted(passed, key=_count, reverse=True):
        if highest := read_account([line]).highest:
            return highest
    return 0


def _count(line: str) -> int:
    count = line.split(" ", 2)[1]
    return int(count) if count.isdecimal() else 0


def together(accounts: Iterable[Account]) -> Account:
    """What several journals tell. Which of them spoke last is not known: the most telling word stands."""
    passages: list[Passage] = []
    words: dict[MessageKey, State] = {}
    for account in accounts:
        passages += account.passages
        for key, word in account.words.items():
            words[key] = max(words.get(key, word), word, key=_weight)
    return Account(tuple(passages), words)


def _weight(word: State) -> int:
    return _TELLING.index(word) if word in _TELLING else -1


def _read(line: str, passages: list[Passage]) -> list[tuple[MessageKey, State]]:
    kind, *words = line.split() or [""]
    try:
        if kind == PASSED and words[0].isdecimal():
            passage = Passage(int(words[0]), tuple(map(MessageKey.parse, words[1:])))
            passages.append(passage)
            return [(key, State.SENDING) for key in passage.keys]
        if kind == SETTLED:
            return [(MessageKey.parse(words[1]), State(words[0]))]
    except (InvalidKey, ValueError, IndexError):
        pass
    return []
