"""Parts of the year in which nothing leaves, August first of all: days off like any public holiday."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Season:
    """From a month and day to another, both included; one that ends before it begins goes over the new year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def days(self, year: int) -> Iterator[date]:
        """Those that begin in this year. Where there is no 29th of February it is the 28th."""
        end = _on(year + (self.last < self.first), self.last)
        day = _on(year, self.first)
        while day <= end:
            yield day
            day += _DAY


def closed_days(seasons: Iterable[Season], years: Iterable[int]) -> frozenset[date]:
    """Every day off in seasons that begin in these years."""
    known = tuple(years)
    return frozenset(day for season in seasons for year in known for day in season.days(year))


def _on(year: int, month_day: tuple[int, int]) -> date:
    month, day = month_day
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, month, min(day, 28) if month == 2 and not leap else day)
