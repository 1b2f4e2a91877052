"""Whether to stop, and how long a relay may still be waited for: known to this process and all forked from it."""

from __future__ import annotations

import ctypes
import math
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager

from worker.adapters.respite import CutShort

#: Real seconds between two looks while sleeping.
_GLANCE = 0.1


class Stop:
    """One stop: begun once, never taken back.

    In memory shared with forked processes, on the monotonic clock, which processes of a machine have in common. A
    flag that is looked at, not an Event: setting one in a signal handler may meet its lock held by what it interrupts.
    """

    def __init__(self) -> None:
        """Nobody stops yet."""
        self._end = multiprocessing.RawValue(ctypes.c_double, 0.0)
        self._breakable = False

    def begin(self, grace: float) -> None:
        """From now on nothing new begins, and whoever waits for a relay has `grace` real seconds left."""
        if not self.has_begun():
            self._end.value = time.monotonic() + grace

    def has_begun(self) -> bool:
        """Whether somebody said stop."""
        return self._end.value > 0

    def left(self) -> float:
        """Real seconds a relay may still be waited for: infinite while nobody stops, at last 0."""
        return max(self._end.value - time.monotonic(), 0.0) if self.has_begun() else math.inf

    def sleep(self, seconds: float) -> None:
        """Sleep, woken by a stop."""
        end = time.monotonic() + seconds
        while not self.has_begun() and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _GLANCE))

    @contextmanager
    def breakable(self) -> Iterator[None]:
        """While it lasts, a stop ends any wait of the main thread with CutShort; also when it had begun."""
        self._breakable = True
        try:
            self.break_off()
            yield
        finally:
            self._breakable = False

    def break_off(self) -> None:
        """For a signal handler: end a wait that may be ended (PEP 475: only an exception does)."""
        if self._breakable and self.has_begun():
            raise CutShort("stopping")


#: The stop of this process and its children.
STOPPING = Stop()
