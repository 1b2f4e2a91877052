"""Giving way to a relay that says "slow down": halve at once, grow back little by little. Real milliseconds.

`lua/pace.lua` does the same sums in Redis. A complaint from the future is as old as it is far: a clock that is put
back must not slow anybody for hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: One complaint in so many ms counts; the others are echoes of the same moment.
ECHO = 5000

#: From nothing to the ceiling in so many ms, if the relay does not complain again.
RECOVERY = 120_000

#: Letters a second below which nobody is slowed: a campaign must end some day.
SLOWEST = 0.5

#: A connection that was too many is tried again after so many ms.
LINE_BACK = 30_000


#: The rate is measured over so many ms, and fewer letters than these are no rate.
MEASURED_OVER = 5000
_FEWEST = 10


def measured_rate(passed: Sequence[float], now: float) -> float:
    """Letters a second, from the moments at which letters passed the gate lately; 0 when they are too few to say."""
    recent = [at for at in passed if now - MEASURED_OVER <= at <= now]
    if len(recent) < _FEWEST:
        return 0.0
    return len(recent) / max((now - min(recent)) / 1000, 1.0)


@dataclass(frozen=True, slots=True)
class Slowdown:
    """A pace taken back at `at` to `rate` letters a second; it grows towards `ceiling`, and is over when it gets there.

    `since` is when the relay first complained, `because` what it said last.
    """

    rate: float
    ceiling: float
    at: float
    since: float
    because: str = ""

    def rate_at(self, now: float) -> float | None:
        """Letters a second; None when it is over."""
        grown = self.rate + self.ceiling * abs(now - self.at) / RECOVERY
        return grown if grown < self.ceiling else None


def slower(
    earlier: Slowdown | None, *, configured: float, measured: float, now: float, because: str
) -> Slowdown | None:
    """Half the rate allowed now, or `earlier` as it was when this is an echo or there is no rate to halve.

    The rate is the one slowed to, else the configured one, else the one measured (0 = none, for both). Without a
    configured limit the slow-down ends at twice what was measured.
    """
    if earlier and abs(now - earlier.at) < ECHO:
        return earlier
    slowed = earlier.rate_at(now) if earlier else None
    allowed = slowed or configured or measured
    if not allowed:
        return earlier
    ceiling = configured or (earlier.ceiling if earlier and slowed else 2 * measured)
    since = earlier.since if earlier and slowed else now
    return Slowdown(max(allowed / 2, min(SLOWEST, ceiling)), ceiling, now, since, because)


@dataclass(frozen=True, slots=True)
class FewerLines:
    """So many parallel connections were allowed at `at`; one more comes back every half minute."""

    lines: int
    at: float

    def lines_at(self, now: float) -> int:
        """How many are allowed."""
        return self.lines + int(abs(now - self.at) // LINE_BACK)


def fewer(earlier: FewerLines | None, *, configured: int, used: int, now: float) -> FewerLines | None:
    """Half the connections in use, at least one; `earlier` when this is an echo or connections are not counted."""
    if configured == 0 or (earlier and abs(now - earlier.at) < ECHO):
        return earlier
    allowed = min(configured, earlier.lines_at(now)) if earlier else configured
    return FewerLines(max(min(used, allowed) // 2, 1), now)
