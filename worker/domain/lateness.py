"""How late what is late is, step by step: the age × destination table of Postfix's qshape, for steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

#: The upper ends of the columns, in minutes; one more column holds what is older.
MINUTES = (5, 10, 20, 40, 80, 160, 320, 640, 1280)

_ENDS = [timedelta(minutes=minutes) for minutes in MINUTES]


@dataclass(frozen=True, slots=True)
class Lateness:
    """The overdue messages of one step: how many in each column of age, and the oldest."""

    ages: tuple[int, ...] = (0,) * (len(MINUTES) + 1)
    oldest: timedelta = timedelta(0)

    @property
    def messages(self) -> int:
        """All of them."""
        return sum(self.ages)


def lateness(ages: Iterable[timedelta]) -> Lateness:
    """Ages sorted into columns; one exactly at the end of a column belongs to it."""
    counted, oldest = [0] * (len(MINUTES) + 1), timedelta(0)
    for age in ages:
        counted[bisect_left(_ENDS, age)] += 1
        oldest = max(oldest, age)
    return Lateness(tuple(counted), oldest)


def together(shapes: Sequence[Lateness]) -> Lateness:
    """The same over several steps."""
    columns = zip(*(shape.ages for shape in shapes), strict=True)
    oldest = max((shape.oldest for shape in shapes), default=timedelta(0))
    return replace(Lateness(), ages=tuple(map(sum, columns)) or Lateness().ages, oldest=oldest)
