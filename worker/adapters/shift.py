"""How long a worker stays at the schedule: real time, and the signal to stop."""

from __future__ import annotations

import time
from datetime import timedelta

from worker.adapters.stopping import STOPPING


class Shift:
    """`deliver.Shift` on the monotonic clock."""

    def __init__(self, seconds: float, linger: float) -> None:
        """Begin now; `linger` is the longest sleep for a message about to fall due."""
        self._end, self._linger = time.monotonic() + seconds, linger

    def goes_on(self) -> bool:
        """Until the time is up or the process is asked to stop."""
        return not STOPPING.has_begun() and time.monotonic() < self._end

    def wait_for(self, gap: timedelta) -> bool:
        """Sleeps through `gap`, woken by a stop."""
        seconds = gap.total_seconds()
        if seconds > self._linger:
            return False
        STOPPING.sleep(seconds)
        return True
