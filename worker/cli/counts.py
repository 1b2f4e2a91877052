"""How many messages stand where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from worker.domain.lifecycle import State

Counts = Mapping[tuple[str, State], int]


def per_state(counts: Counts) -> Counter[State]:
    """The counts of all steps together."""
    summed: Counter[State] = Counter()
    for (_, state), number in counts.items():
        summed[state] += number
    return summed
