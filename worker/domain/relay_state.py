"""What all workers know together about the relay, and what follows from it. Real milliseconds since 1970."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil, inf

from worker.domain import budget
from worker.domain.pace import GATE_BURST, RelayLimits, pace
from worker.domain.relay import LONGEST_WAIT
from worker.domain.slowdown import FewerLines, Slowdown

#: A worker that waits for the pace waits for so much of a second's worth, not for each letter.
_SPOONFUL = 0.25


@dataclass(frozen=True, slots=True)
class RelayState:
    """As it was at `now`. `paced` and `passed` are until when claims and gates have spent the pace.

    `trial` is the token of the worker that tries a relay which failed; `lines` counts the connections in use.
    """

    limits: RelayLimits = field(default_factory=RelayLimits)
    now: float = 0.0
    paused: str = ""
    failures: int = 0
    closed_until: float = 0.0
    trial: str = ""
    paced: float = 0.0
    passed: float = 0.0
    spent: Mapping[int, int] = field(default_factory=dict)
    slowdown: Slowdown | None = None
    fewer: FewerLines | None = None
    lines: int = 0

    @property
    def closed_for(self) -> timedelta:
        """How long nobody is to try it, by the breaker."""
        left = timedelta(milliseconds=self.closed_until - self.now)
        return max(left, timedelta(0)) if left <= LONGEST_WAIT else timedelta(0)

    @property
    def slowed_to(self) -> float | None:
        """Letters a second, while the relay's complaints bind more than the configured limit does."""
        return self.slowdown.rate_at(self.now) if self.slowdown else None

    @property
    def rate(self) -> float:
        """Letters a second allowed now; 0 = as many as we can."""
        slowed = self.slowed_to
        return min(slowed, self.limits.per_second or slowed) if slowed else self.limits.per_second

    @property
    def lines_allowed(self) -> int:
        """Parallel connections allowed now; 0 = as many as there are workers."""
        limit = self.limits.connections
        return min(limit, self.fewer.lines_at(self.now)) if self.fewer and limit else limit

    @property
    def left_today(self) -> int | None:
        """Letters left of the day's budget; None where there is no such limit."""
        return budget.left(self.spent, self.now, self.limits.per_day) if self.limits.per_day else None

    @property
    def day_opens(self) -> float:
        """When the day's budget has room again; `now` when it has."""
        limit = self.limits.per_day
        return budget.opens_at(self.spent, self.now, limit) if limit else self.now

    @property
    def gate_room(self) -> float:
        """How many letters may pass the gate now."""
        left = inf if self.left_today is None else self.left_today
        return min(left, pace(self.rate, GATE_BURST).room(self.passed, self.now)) if self.rate else left

    @property
    def room(self) -> float:
        """How many letters may be claimed now by pace and budget."""
        own = pace(self.rate).room(self.paced, self.now) if self.rate else inf
        return min(own, self.gate_room)

    @property
    def wait(self) -> timedelta:
        """How long until claiming makes sense again, as far as the clock alone decides; zero when it does now."""
        moments = [self.day_opens - self.now]
        if self.rate and self.room < 1:
            letters = ceil(self.rate * _SPOONFUL)
            moments += [
                pace(self.rate).wait(self.paced, self.now, letters),
                pace(self.rate, GATE_BURST).wait(self.passed, self.now, letters),
            ]
        return max(timedelta(milliseconds=max(moments)), self.closed_for)
