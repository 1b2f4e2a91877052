"""The breaker's arithmetic: how long nobody tries a relay that cannot be reached."""

from __future__ import annotations

from datetime import timedelta

_WAITS = tuple(timedelta(seconds=s) for s in (5, 15, 60, 300))


def breaker_wait(failures: int) -> timedelta:
    """The wait after so many failures in a row (1 or more); stays at five minutes."""
    return _WAITS[min(failures, len(_WAITS)) - 1]
