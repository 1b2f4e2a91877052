"""The age × step table, column by column."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.lateness import MINUTES, Lateness, lateness, together

AGES = st.lists(st.timedeltas(timedelta(0), timedelta(days=30)))


@pytest.mark.parametrize(
    ("minutes", "column"),
    [(0, 0), (5, 0), (5.01, 1), (10, 1), (39, 3), (40, 3), (1280, 8), (1280.5, 9), (99999, 9)],
)
def test_an_age_stands_in_the_first_column_that_reaches_it(minutes: float, column: int) -> None:
    late = lateness([timedelta(minutes=minutes)])

    assert late.ages == tuple(int(i == column) for i in range(10))
    assert late.oldest == timedelta(minutes=minutes)


@given(AGES)
def test_every_age_is_counted_where_a_slow_look_finds_it(ages: list[timedelta]) -> None:
    bounds = [timedelta(minutes=-1), *(timedelta(minutes=m) for m in MINUTES), timedelta.max]
    slow = [sum(low < age <= high for age in ages) for low, high in pairwise(bounds)]

    assert lateness(ages).ages == tuple(slow)
    assert lateness(ages).messages == len(ages)


@given(AGES, AGES)
def test_steps_together_are_what_all_their_ages_make(some: list[timedelta], others: list[timedelta]) -> None:
    assert together([lateness(some), lateness(others)]) == lateness([*some, *others])


def test_nothing_together_is_nothing_late() -> None:
    assert together([]) == Lateness()
