"""The metronome, unmoved by its own clock.

RedBeat keeps the next moment of each chore in Redis as the beat's wall clock told it. A clock that is put back, or
another beat with a slower one that takes over, would then be silent until that moment comes: hours. A clock that is
ahead only ticks by its own time, and a tick carries nothing; so a beat with a bad clock does no harm.
"""

from __future__ import annotations

import math
from typing import Any

from redbeat.schedulers import RedBeatScheduler, get_redis, to_timestamp

from worker.machine.life import LOOP

#: Real seconds by which a chore may be further off than its period: two beats need not agree to the second.
SLACK = 5.0


class SteadyScheduler(RedBeatScheduler):  # type: ignore[misc]
    """RedBeat's, which before each tick brings back what lies further ahead than its period."""

    def tick(self, **kwargs: Any) -> float:
        """Seconds until the next one."""
        LOOP.passes()
        self._bring_back()
        return float(super().tick(**kwargs))

    def _bring_back(self) -> None:
        now, conf = to_timestamp(self.app.now()), self.app.redbeat_conf
        chores = self.app.conf.beat_schedule.items()
        periods = {self.Entry.generate_key(self.app, name): told["schedule"] for name, told in chores}
        for key, moment in get_redis(self.app).zrangebyscore(
            conf.schedule_key, now + SLACK, "+inf", withscores=True
        ):
            if moment - now > periods.get(key, math.inf) + SLACK:
                self.Entry.from_key(key, app=self.app).reschedule()
