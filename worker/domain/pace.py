"""How fast letters may follow one another: the generic cell rate algorithm, on real milliseconds.

All that is remembered is one moment, until which the pace is spent. `lua/pace.lua` does the same sums in Redis.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

#: After a rest so many ms' worth of letters may leave at once; a pace slower than that has room for one.
BURST = 1000.0

#: The last gate allows for letters of one claim that took so much longer to get there than those of another.
GATE_BURST = 2 * BURST

#: A thousandth of a letter: rounding must not cost a whole one.
_ROUNDING = 0.001


@dataclass(frozen=True, slots=True)
class RelayLimits:
    """What the relay's owner allows all workers together; 0 = as much as they can."""

    per_second: float = 0.0
    per_day: int = 0
    connections: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """One letter `every` so many ms, and a burst of `depth` ms' worth. In t ms never more than (t + depth) / every."""

    every: float
    depth: float

    def room(self, spent_until: float, now: float) -> int:
        """How many letters may leave now."""
        return floor((now + self.depth - self._busy(spent_until, now)) / self.every + _ROUNDING)

    def spend(self, spent_until: float, now: float, letters: int) -> float:
        """Until when the pace is spent, after these letters; a negative number gives letters back."""
        return self._busy(spent_until, now) + letters * self.every

    def wait(self, spent_until: float, now: float, letters: int) -> float:
        """How many ms until there is room for so many letters, or for a full burst if that is fewer."""
        wanted = min(letters * self.every, self.depth)
        return max(self._busy(spent_until, now) + wanted - self.depth - now, 0.0)

    def heed(self, spent_until: float, now: float) -> float:
        """To be remembered instead: never further off than an empty bucket, or a clock put back closes us for hours."""
        return min(spent_until, now + self.depth)

    def _busy(self, spent_until: float, now: float) -> float:
        return max(self.heed(spent_until, now), now)


def pace(rate: float, burst: float = BURST) -> Pace:
    """The pace of so many letters a second."""
    every = 1000 / rate
    return Pace(every, max(burst, every * burst / BURST))
