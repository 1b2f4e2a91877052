"""A short seeded part of `make faults`: real Celery, Redis and SMTP, every invariant; and the naive twin."""

from __future__ import annotations

import pytest

from tests.faults.naive_run import naive_run
from tests.faults.run import run


def test_a_few_faults_lose_nothing_and_double_nothing() -> None:
    tally = run(seed=7, count=8, tell=lambda _tally, _count: None)

    assert tally.violations == []
    assert (tally.lost, tally.doubled) == (0, 0)
    assert tally.faults.total() == 8


@pytest.mark.exhaustive
def test_the_same_kind_of_faults_break_the_naive_twin() -> None:
    outcome = naive_run(seed=7, messages=400, faults=9)

    assert outcome.lost > 0
    assert outcome.doubled > 0
