"""What one more name in somebody's mail may cost: the dual of the matching, brought near by a few sweeps.

Somebody whom many would do well to meet is dear, somebody who fits few is cheap. Measured against these prices, a few
pairs for each person hold nearly every pair of the best plan; measured by points alone they name the same few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nlargest

from worker.domain.rounds import NAMES, Possible

#: After two, prices hardly move.
_SWEEPS = 2


def priced(worths: Iterable[Possible], names: int = NAMES) -> Mapping[int, int]:
    """A price for each person in these pairs; whole numbers, the same on every machine."""
    known: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for worth in worths:
        known[worth.a].append((worth.points, worth.b))
        known[worth.b].append((worth.points, worth.a))
    prices = {person: nlargest(names, theirs)[-1][0] // 2 for person, theirs in known.items()}
    for _ in range(_SWEEPS):
        for person in sorted(known):
            prices[person] = _price(known[person], prices, names)
    return prices


def _price(theirs: list[tuple[int, int]], prices: Mapping[int, int], names: int) -> int:
    """Between the last introduction that would be made at the others' prices and the first that would not."""
    left = nlargest(names + 1, (points - prices[other] for points, other in theirs))
    return max(0, sum(left[-2:]) // 2) if len(left) > names else 0
