"""Rounds can leave two people with room who know each other already: a pair of others is opened for both.

With room for a and b, and c introduced to d: a meets c and b meets d instead, where that is worth more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

Two = tuple[int, int]
#: What an introduction that may be made is worth: points, and the lot.
Worth = Mapping[Two, tuple[int, int]]
#: What is gained, by opening which pair, for which two new ones.
Opening = tuple[tuple[int, int], Two, tuple[Two, Two]]


def filled(made: Mapping[Two, int], worth: Worth, names: int) -> dict[Two, int]:
    """The pairs after all such openings, the best first; nobody has fewer names than before, nor more than `names`.

    What is new belongs to a round of its own.
    """
    pairs, last = dict(made), max(made.values(), default=0) + 1
    load = Counter(person for two in made for person in two)
    room = {person: names - load[person] for two in worth for person in two if load[person] < names}
    while (best := max(_openings(pairs, worth, room), default=None)) is not None:
        _, opened, new = best
        del pairs[opened]
        pairs |= dict.fromkeys(new, last)
        for person in (person for two in new for person in two if person not in opened):
            room[person] -= 1
        room = {person: left for person, left in room.items() if left}
    return pairs


def _openings(pairs: Mapping[Two, int], worth: Worth, room: Mapping[int, int]) -> Iterator[Opening]:
    """Everything that may be gained."""
    beside = _beside(pairs, worth, room)
    for opened in pairs:
        for a, b in product(*(beside[person] - set(opened) for person in opened)):
            new = _two(a, opened[0]), _two(b, opened[1])
            gain = _gain(new, opened, worth)
            if gain[0] > 0 and (a != b or room[a] > 1):
                yield gain, opened, new


def _beside(pairs: Mapping[Two, int], worth: Worth, room: Mapping[int, int]) -> Mapping[int, set[int]]:
    """Who with room each person might be introduced to, and is not."""
    beside: dict[int, set[int]] = defaultdict(set)
    for a, b in (two for two in worth if room and two not in pairs):
        if a in room:
            beside[b].add(a)
        if b in room:
            beside[a].add(b)
    return beside


def _gain(new: tuple[Two, Two], opened: Two, worth: Worth) -> tuple[int, int]:
    (first, lot), (second, other_lot), (points, old_lot) = worth[new[0]], worth[new[1]], worth[opened]
    return first + second - points, lot + other_lot - old_lot


def _two(i: int, j: int) -> Two:
    return (i, j) if i < j else (j, i)
