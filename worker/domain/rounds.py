"""Rounds of exact matching: as many people as possible get a name, then the heaviest introductions are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import NamedTuple

from worker.domain.filling import filled

#: (a, b, weight): numbers of people, a < b.
Edge = tuple[int, int, int]

#: As many disjoint pairs as possible, and of these the heaviest (`ports.introductions.Matcher`).
Heaviest = Callable[[Sequence[Edge]], frozenset[tuple[int, int]]]

#: Names for each person, when nobody has to be attached.
NAMES = 2

# Weights are compared first by how many people without any name they serve, then by points, then by lot. Points stay
# far below 2^34. 4,000 pairs of 32-bit lots stay below 2^45, so no sum of them outweighs a single point.
_FIRST_NAME = 1 << 34
_LOT_BITS = 45


class Possible(NamedTuple):
    """An introduction that might be made."""

    a: int
    b: int
    points: int
    tie_break: int


def matched(
    possible: Sequence[Possible], heaviest: Heaviest, names: int = NAMES
) -> dict[tuple[int, int], int]:
    """Pairs with the round that made them: nobody has more than `names`.

    After the rounds, people who still have room are matched among themselves, and where they know each other already,
    others' pairs are opened for them: everybody has the same number of names wherever that can be.
    """
    made: dict[tuple[int, int], int] = {}
    load: Counter[int] = Counter()
    for round_ in count(1):
        left = [one for one in possible if (one.a, one.b) not in made and _room(one, load, names)]
        new = heaviest([_weighed(one, load, round_) for one in left]) if left else frozenset()
        if not new:
            break
        made |= dict.fromkeys(sorted(new), round_)
        load.update(person for two in new for person in two)
    return filled(made, {(one.a, one.b): (one.points, one.tie_break) for one in possible}, names)


def _room(one: Possible, load: Counter[int], names: int) -> bool:
    return load[one.a] < names and load[one.b] < names


def _weighed(one: Possible, load: Counter[int], round_: int) -> Edge:
    nameless = (not load[one.a]) + (not load[one.b]) if round_ > 1 else 0
    return one.a, one.b, (one.points + nameless * _FIRST_NAME) << _LOT_BITS | one.tie_break


def loads(pairs: Iterable[tuple[int, int]]) -> Counter[int]:
    """How many names each person has."""
    return Counter(person for two in pairs for person in two)
