"""Seasons: every day in them and no other, over new year and in leap years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.season import Season, closed_days

MONTH_DAYS = st.dates(date(2028, 1, 1), date(2028, 12, 31)).map(lambda day: (day.month, day.day))


def _obvious(season: Season, day: date) -> bool:
    """Whether a day is in the season, by its month and day alone."""
    here, first, last = (day.month, day.day), season.first, season.last
    if (
        day + timedelta(days=1)
    ).month == 3 and day.day == 28:  # the last of a short February stands for the 29th
        first, last = (min(limit, (2, 28)) if limit == (2, 29) else limit for limit in (first, last))
    return first <= here <= last if season.first <= season.last else here >= first or here <= last


@given(st.builds(Season, MONTH_DAYS, MONTH_DAYS), st.integers(1999, 2101))
def test_every_day_of_a_year_is_where_a_look_at_the_calendar_says(season: Season, year: int) -> None:
    closed = closed_days([season], (year - 1, year))
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]

    wrong = [d for d in days if d.year == year and (d in closed) != _obvious(season, d)]

    assert wrong == []


@pytest.mark.parametrize(
    ("season", "day", "closed"),
    [
        (Season((8, 1), (8, 31)), date(2027, 7, 31), False),
        (Season((8, 1), (8, 31)), date(2027, 8, 1), True),
        (Season((8, 1), (8, 31)), date(2027, 8, 31), True),
        (Season((8, 1), (8, 31)), date(2027, 9, 1), False),
        (Season((12, 24), (1, 2)), date(2027, 1, 2), True),
        (Season((12, 24), (1, 2)), date(2027, 1, 3), False),
        (Season((2, 10), (2, 29)), date(2027, 2, 28), True),
        (Season((2, 10), (2, 29)), date(2027, 3, 1), False),
        (Season((2, 10), (2, 29)), date(2028, 2, 29), True),
    ],
)
def test_the_days_at_the_edges(season: Season, day: date, closed: object) -> None:
    assert (day in closed_days([season], (2026, 2027, 2028))) is closed
