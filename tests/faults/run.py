"""A run: round after round of campaigns under faults, each judged when it has ended."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from tests.faults.deck import Deck
from tests.faults.deeds import FAULTS
from tests.faults.history import History
from tests.faults.household import house
from tests.faults.invariants import violations
from tests.faults.misbehaviour import misbehaviour
from tests.faults.round import NotNow, Round
from worker.domain.lifecycle import State
from worker.domain.reason import Reason

#: Messages for each fault, steps of a campaign, faults of a full round.
MESSAGES_PER_FAULT, STEPS, FAULTS_PER_ROUND = 40, 3, 25
#: Rounds for each full one: of more, faults do not find their moment.
_PATIENCE = 4
#: The number of the first round: its edition follows the sample's.
_FIRST = 12


@dataclass
class Tally:
    """What a run comes to; the file of `FAULTS_JSON` has exactly these fields."""

    messages: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    lost: int = 0
    doubled: int = 0
    in_doubt: int = 0
    seconds: float = 0.0
    violations: list[str] = field(default_factory=list)

    def add(self, history: History) -> None:
        """Count one round, and judge it."""
        found = violations(history)
        again = {str(entry.key) for entry in history.entries if entry.reason is Reason.AGAIN}
        self.messages += len(history.records)
        self.sent += sum(record.state is State.SENT for record in history.records)
        self.in_doubt += sum(record.state is State.IN_DOUBT for record in history.records)
        self.lost += sum(sentence.startswith("lost") for sentence in found)
        self.doubled += sum(n > 1 and key not in again for key, n in history.times.items())
        self.violations += found

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        return {**asdict(self), "faults": dict(self.faults), "seconds": round(self.seconds, 1)}


def run(
    seed: int,
    count: int,
    tell: Callable[[Tally, int], None],
    *,
    kinds: Sequence[str] = (),
    without: str = "",
) -> Tally:
    """So many faults, of all kinds or of these; `tell` hears how far it is after each round.

    `without` takes a guard away from the workers (see mutations.py). A run ends by itself: each round has its bound,
    and too many rounds for so many faults are a violation.
    """
    tally, began, deck = Tally(), time.monotonic(), Deck(seed, kinds)
    last = _FIRST + _PATIENCE * (1 + count // FAULTS_PER_ROUND)
    with house(seed, without) as round_of:
        for number in range(_FIRST, last):
            _play(round_of(number), min(count - tally.faults.total(), FAULTS_PER_ROUND), deck, tally)
            tally.seconds = time.monotonic() - began
            tell(tally, count)
            if tally.faults.total() >= count:
                return tally
    tally.violations.append(
        f"only {tally.faults.total()} of {count} faults could happen in {last - _FIRST} rounds"
    )
    return tally


def _play(this: Round, faults: int, deck: Deck, tally: Tally) -> None:
    size = faults * MESSAGES_PER_FAULT // STEPS + 2
    this.open(size)
    bad = misbehaviour(this.chance, this.addresses, size * STEPS)
    this.relay.begin(bad.rules)
    this.arm()
    end = tally.faults.total() + faults
    while tally.faults.total() < end:
        _pause(this)
        if this.is_over():
            break
        _befall(this, deck, tally)
    ended = this.settle_down()
    for history in this.histories(bad, ended=ended):
        tally.add(history)


def _pause(this: Round) -> None:
    this.comes_true(lambda: False, this.chance.uniform(0.1, 0.9))


def _befall(this: Round, deck: Deck, tally: Tally) -> None:
    name = deck.draw()
    try:
        FAULTS[name](this)
    except NotNow:
        deck.put_back(name)
    else:
        tally.faults[name] += 1
