"""What one worker takes of what is due, so that others find something too."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from worker.domain.share import ALONE, share

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
