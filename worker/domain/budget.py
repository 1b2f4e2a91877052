"""A day's budget: letters that passed the gate in the last 24 hours, counted by quarters of an hour (real ms).

Rolling, as providers count, so that midnight does not give twice the limit. A quarter counts until it is wholly
older than a day: never more than the limit in any 24 hours, at the price of a quarter of an hour.
"""

from __future__ import annotations

from collections.abc import Mapping

QUARTER = 900_000
QUARTERS = 96

#: Letters by number of the quarter since 1970.
Spent = Mapping[int, int]


def within_a_day(spent: Spent, now: float) -> dict[int, int]:
    """Only the quarters that count; those further ahead than a day are from a clock that was wrong."""
    quarter = int(now // QUARTER)
    return {number: letters for number, letters in spent.items() if abs(quarter - number) <= QUARTERS}


def spend(spent: Spent, now: float, letters: int) -> dict[int, int]:
    """These letters counted now; a negative number gives back what was counted last."""
    kept, quarter = within_a_day(spent, now), int(now // QUARTER)
    if letters >= 0:
        return kept | {quarter: kept.get(quarter, 0) + letters}
    last = quarter if kept.get(quarter) else quarter - 1
    return kept | {last: max(kept.get(last, 0) + letters, 0)}


def left(spent: Spent, now: float, limit: int) -> int:
    """How many more may pass now."""
    return max(limit - sum(within_a_day(spent, now).values()), 0)


def opens_at(spent: Spent, now: float, limit: int) -> float:
    """When the next letter may pass: `now`, or the end of the day of the quarter that makes room for it."""
    kept = within_a_day(spent, now)
    over = sum(kept.values()) - limit
    for quarter in sorted(kept):
        if over < 0:
            break
        over -= kept[quarter]
        now = max(now, float((quarter + QUARTERS + 1) * QUARTER))
    return now
