"""An organizer's swap: somebody meets another person, and nothing else of the plan changes that need not."""

from __future__ import annotations

from collections.abc import Mapping

from worker.domain.introductions import Swap
from worker.domain.rounds import loads
from worker.domain.ties import Ties

Rounds = dict[tuple[int, int], int]


def swapped(ties: Ties, made: Mapping[tuple[int, int], int], swap: Swap, names: int) -> Rounds:
    """The pairs after the swap; unchanged when one of the three is not here or the two must not be introduced.

    Who was dropped is told of whoever the chosen one had to give up, where nothing forbids it.
    """
    after = dict(made)
    if not swap.people <= ties.number.keys():
        return after
    person, dropped, chosen = (ties.number[each] for each in (swap.person, swap.dropped, swap.chosen))
    if ties.obstacle(person, chosen) is not None or _two(person, chosen) in after:
        return after
    round_ = after.pop(_two(person, dropped), 1)
    given_up = _given_up(ties, after, chosen, dropped, names)
    if given_up is not None:
        freed = after.pop(_two(chosen, given_up))
        if _could_meet(ties, after, given_up, dropped):
            after[_two(given_up, dropped)] = freed
    after[_two(person, chosen)] = round_
    return after


def _given_up(ties: Ties, made: Rounds, chosen: int, dropped: int, names: int) -> int | None:
    """Whom the chosen one is told of no more: nobody while there is room, else somebody the dropped one can meet."""
    if loads(made)[chosen] < names:
        return None
    theirs = [(b if a == chosen else a) for a, b in made if chosen in (a, b)]
    return min(
        theirs,
        key=lambda other: (not _could_meet(ties, made, other, dropped), ties.points(chosen, other).total),
    )


def _could_meet(ties: Ties, made: Rounds, i: int, j: int) -> bool:
    return i != j and _two(i, j) not in made and ties.obstacle(i, j) is None


def _two(i: int, j: int) -> tuple[int, int]:
    return (i, j) if i < j else (j, i)
