"""The metronome, unmoved by its own clock and by a Redis that forgot its chores.

RedBeat keeps the next moment of each chore in Redis as the beat's wall clock told it. A clock that is put back, or
another beat with a slower one that takes over, would then be silent until that moment comes: hours. A clock that is
ahead only ticks by its own time, and a tick carries nothing; so a beat with a bad clock does no harm.

RedBeat writes the chores down when a beat starts, and then waits for its lock. A Redis that is restored meanwhile has
the lock to give and no chores: the beat would hold the one and never tick (found by the fault suite).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from redbeat.schedulers import RedBeatScheduler, get_redis, to_timestamp

from worker.machine.life import LOOP

#: Real seconds by which a chore may be further off than its period: two beats need not agree to the second.
SLACK = 5.0


class SteadyScheduler(RedBeatScheduler):  # type: ignore[misc]
    """RedBeat's, which before each tick writes down what is missing, and brings back what lies too far ahead."""

    def tick(self, **kwargs: Any) -> float:
        """Seconds until the next one."""
        LOOP.passes()
        moments, periods = self._moments(), self._periods()
        if not periods.keys() <= moments.keys():
            self.setup_schedule()
        self._bring_back(moments, periods)
        return float(super().tick(**kwargs))

    def _moments(self) -> dict[str, float]:
        schedule = self.app.redbeat_conf.schedule_key
        return dict(get_redis(self.app).zrange(schedule, 0, -1, withscores=True))

    def _periods(self) -> dict[str, float]:
        chores = self.app.conf.beat_schedule.items()
        return {self.Entry.generate_key(self.app, name): told["schedule"] for name, told in chores}

    def _bring_back(self, moments: Mapping[str, float], periods: Mapping[str, float]) -> None:
        now = to_timestamp(self.app.now())
        for key, moment in moments.items():
            if moment - now > periods.get(key, math.inf) + SLACK:
                self.Entry.from_key(key, app=self.app).reschedule()
