"""Three months later is the same day of the month, or its last."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from worker.services.rest import months_after


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ((2026, 1, 15), (2026, 4, 15)),
        ((2026, 11, 30), (2027, 2, 28)),
        ((2027, 11, 30), (2028, 2, 29)),
        ((2026, 12, 31), (2027, 3, 31)),
        ((2026, 9, 30), (2026, 12, 30)),
        ((2026, 10, 1), (2027, 1, 1)),
    ],
)
def test_three_months_later(begins: tuple[int, int, int], ends: tuple[int, int, int]) -> None:
    assert months_after(datetime(*begins, tzinfo=UTC)) == datetime(*ends, tzinfo=UTC)
