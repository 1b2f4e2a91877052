"""Nobody is left without a name while somebody could be told of them: the ladder below the matching."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator

from worker.domain.ties import Ties

#: Nobody has more names than this; the third only saves somebody from having none.
MOST_NAMES = 3


def attached(ties: Ties, made: Iterable[tuple[int, int]], free: Collection[int]) -> set[tuple[int, int]]:
    """All pairs that stand once whoever of `free` has no name was given one, where that can be.

    Each joins the least-loaded, then the best, partner with room; people who are not `free` keep what they have. When
    all partners of somebody are full, names are handed on until somebody can do without, so the most people have one.
    """
    ladder = _Ladder(ties, made, free)
    for person in sorted(free):
        if not ladder.names[person]:
            ladder.climb(person)
    return ladder.pairs()


class _Ladder:
    def __init__(self, ties: Ties, made: Iterable[tuple[int, int]], free: Collection[int]) -> None:
        self._ties = ties
        self._free = sorted(free)
        self.names: dict[int, set[int]] = {person: set() for person in range(len(ties.people))}
        for a, b in made:
            self._join(a, b)

    def pairs(self) -> set[tuple[int, int]]:
        return {(a, b) for a, names in self.names.items() for b in names if a < b}

    def climb(self, person: int) -> None:
        """Give this person a name: a partner with room, or the place of somebody who can do without it."""
        gives_way: dict[int, tuple[int, int]] = {}
        waiting = deque([person])
        while waiting:
            nameless = waiting.popleft()
            partner = self._with_room(nameless)
            if partner is not None:
                self._join(nameless, partner)
                self._hand_on(nameless, gives_way)
                return
            for full, other in self._places(nameless):
                if other in gives_way or other == person:
                    continue
                gives_way[other] = (nameless, full)
                if len(self.names[other]) > 1:
                    self._hand_on(other, gives_way)
                    return
                waiting.append(other)

    def _with_room(self, person: int) -> int | None:
        roomy = [other for other in self._eligible(person) if len(self.names[other]) < MOST_NAMES]
        return min(
            roomy, key=lambda other: (len(self.names[other]), *self._worst_last(person, other)), default=None
        )

    def _places(self, person: int) -> Iterator[tuple[int, int]]:
        """(partner, whom this partner could be told less of), the least valued introduction of each first."""
        for partner in self._eligible(person):
            others = [other for other in self.names[partner] if other in self._free]
            for other in sorted(others, key=lambda each: self._worst_last(partner, each), reverse=True):
                yield partner, other

    def _eligible(self, person: int) -> list[int]:
        return [
            other
            for other in self._free
            if other != person
            and other not in self.names[person]
            and self._ties.obstacle(person, other) is None
        ]

    def _worst_last(self, i: int, j: int) -> tuple[int, int]:
        return -self._ties.points(i, j).total, -self._ties.lot(i, j).tie_break

    def _hand_on(self, other: int, gives_way: dict[int, tuple[int, int]]) -> None:
        """Whoever can do without gives way, back to the one who had nothing."""
        while other in gives_way:
            nameless, partner = gives_way[other]
            self.names[partner].discard(other)
            self.names[other].discard(partner)
            self._join(nameless, partner)
            other = nameless

    def _join(self, a: int, b: int) -> None:
        self.names[a].add(b)
        self.names[b].add(a)
