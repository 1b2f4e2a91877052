"""A short seeded part of `make faults`: real Celery, Redis and SMTP, a dozen faults, every invariant."""

from __future__ import annotations

from tests.faults.naive_run import naive_run
from tests.faults.run import run


def test_a_dozen_faults_lose_nothing_and_double_nothing() -> None:
    tally = run(seed=7, count=12, tell=lambda _tally, _count: None)

    assert tally.violations == []
    assert (tally.lost, tally.doubled) == (0, 0)
    assert tally.faults.total() >= 6
