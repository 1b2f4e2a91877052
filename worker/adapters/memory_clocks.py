"""Clocks that a test sets."""

from __future__ import annotations

from worker.domain.clocks import Reading, Trust, judge

#: All clocks of a memory world begin here, in seconds since 1970.
_START = 1_800_000_000.0


class MemoryClocks:
    """`tools.Clocks` in memory: they agree, and stand still, unless told otherwise."""

    place = "memory"

    def __init__(self, tolerance: float = 60.0) -> None:
        """Nothing is read yet."""
        self.ours = self.server = self.steady = _START
        self._tolerance, self._trust = tolerance, Trust()

    def pass_by(self, seconds: float) -> None:
        """Time goes on, for all of them."""
        self.ours, self.server, self.steady = (
            clock + seconds for clock in (self.ours, self.server, self.steady)
        )

    def look(self) -> tuple[Trust, Trust]:
        """See the protocol."""
        reading = Reading(self.ours, self.server, self.steady)
        before, self._trust = self._trust, judge(self._trust, reading, self._tolerance)
        return before, self._trust
