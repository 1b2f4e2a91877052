"""Moments as Redis keeps them: whole milliseconds since 1970, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

_EPOCH, _MS = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Milliseconds of an aware moment."""
    return (moment - _EPOCH) // _MS


# The due moments of a batch are one or few.
@lru_cache(maxsize=1024)
def from_ms(ms: float | str) -> datetime:
    """The aware UTC moment."""
    return _EPOCH + timedelta(milliseconds=int(float(ms)))


def written(moment: datetime | None) -> int | str:
    """As a script's argument: "" for none."""
    return "" if moment is None else to_ms(moment)


def read(value: float | str | None) -> datetime | None:
    """The other way round."""
    return None if value is None or value == "" else from_ms(value)


def ms(duration: timedelta) -> int:
    """Whole milliseconds of a duration."""
    return duration // _MS
