"""What one worker takes of what is due, so that others find something too; and what of it a crash can put in doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.share import ALONE, share, together

DUE, MOST = st.integers(0, 100_000), st.integers(1, 1000)


@given(due=DUE, most=MOST)
def test_never_more_than_asked_for_and_never_nothing(due: int, most: int) -> None:
    taken = share(due, most)

    assert 1 <= taken <= most


@given(due=st.integers(2 * ALONE, 100_000), most=MOST)
def test_whoever_comes_next_finds_as_much(due: int, most: int) -> None:
    first = share(due, most)

    assert due - first >= min(first, due // 2)


@given(due=st.integers(0, ALONE))
def test_a_few_are_taken_whole(due: int) -> None:
    assert share(due, 1000) >= due


@given(letters=st.integers(1, 1000), most=st.integers(1, 100))
def test_a_crash_puts_no_more_in_doubt_than_the_setting_says(letters: int, most: int) -> None:
    assert 1 <= together(letters, most) <= most


@pytest.mark.parametrize(("letters", "group"), [(1, 10), (40, 10), (150, 15), (300, 30), (1000, 30)])
def test_a_tenth_of_a_batch_passes_together(letters: int, group: int) -> None:
    assert together(letters, 30) == group
