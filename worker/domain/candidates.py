"""Which introductions are looked at: all of them among few people, the promising ones among many."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import combinations, islice

from worker.domain.prices import priced
from worker.domain.rounds import Possible
from worker.domain.ties import Ties

#: Up to so many people everybody is compared with everybody.
ALL_PAIRS = 400

#: Among more, for each person: how many who share an interest are looked at, how many by chance, and how many stay.
BY_INTEREST, BY_CHANCE, KEPT = 50, 12, 8

#: People who name no interest are a circle too: matched among themselves, they cost nobody else a shared interest.
_NONE = frozenset({""})


def possible(ties: Ties) -> list[Possible]:
    """The introductions to choose from, with their points; forbidden ones are left out."""
    if len(ties.people) <= ALL_PAIRS:
        return [_worth(ties, *two) for two in combinations(range(len(ties.people)), 2) if _may(ties, *two)]
    circles = _Circles(ties)
    seen = {_sorted(i, j) for i in range(len(ties.people)) for j in circles.around(i) if i != j}
    return _promising([_worth(ties, *two) for two in sorted(seen) if _may(ties, *two)])


def _may(ties: Ties, i: int, j: int) -> bool:
    return ties.obstacle(i, j) is None


def _sorted(i: int, j: int) -> tuple[int, int]:
    return (i, j) if i < j else (j, i)


def _worth(ties: Ties, i: int, j: int) -> Possible:
    return Possible(i, j, ties.points(i, j).total, ties.lot(i, j).tie_break)


def _promising(worths: Sequence[Possible]) -> list[Possible]:
    """The best of each person at the others' prices, and one by lot, so that no circle is closed."""
    own: dict[int, list[Possible]] = defaultdict(list)
    for worth in worths:
        own[worth.a].append(worth)
        own[worth.b].append(worth)
    prices = priced(worths)
    kept = set[Possible]()
    for person, theirs in own.items():
        kept.update(nlargest(KEPT, theirs, key=lambda one: _beyond(one, person, prices)))
        kept.add(max(theirs, key=lambda one: one.tie_break))
    return sorted(kept)


def _beyond(worth: Possible, person: int, prices: Mapping[int, int]) -> tuple[int, int]:
    other = worth.b if person == worth.a else worth.a
    return worth.points - prices[other], worth.tie_break


class _Circles:
    """Who is near whom: by wish, by table, by interest, the rarest first, and a few by chance."""

    def __init__(self, ties: Ties) -> None:
        """Look once at everybody."""
        self._ties = ties
        self._wished: dict[int, set[int]] = defaultdict(set)
        for two in ties.gathering.wishes:
            if set(two) <= ties.number.keys():
                i, j = (ties.number[person] for person in two)
                self._wished[i].add(j)
        self._tables: dict[str, list[int]] = defaultdict(list)
        self._interested: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(ties.traits):
            if one.table:
                self._tables[one.table].append(number)
            for interest in one.interests or _NONE:
                self._interested[interest].append(number)

    def around(self, i: int) -> Iterator[int]:
        """May name somebody twice, and themselves."""
        one = self._ties.traits[i]
        yield from self._wished[i]
        yield from self._tables[one.table]
        yield from islice(self._by_interest(i), BY_INTEREST)
        yield from self._ties.strangers(i, BY_CHANCE)

    def _by_interest(self, i: int) -> Iterator[int]:
        """From one's own place in each circle on, so that those in front are not everybody's."""
        interests = self._ties.traits[i].interests or _NONE
        for interest in sorted(interests, key=lambda each: (self._ties.held[each], each)):
            circle = self._interested[interest]
            own = bisect_left(circle, i)
            yield from circle[own + 1 :]
            yield from circle[:own]
