"""Plans follow what a button did: after the answer, one at a time, however often it is pressed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from worker.services import withdraw
from worker.services.tools import Tools


class Following:
    """Called from any thread. A press while plans are drawn is heard by one more drawing."""

    def __init__(self, tools: Callable[[], Tools], follow: Callable[[Tools], None] = withdraw.follow) -> None:
        """`follow` brings the plans up to date."""
        self._tools, self._follow = tools, follow
        self._lock, self._wanted = Lock(), False

    def __call__(self) -> None:
        """Come back when the plans show what stood before the call, or when somebody else sees to it."""
        self._wanted = True
        while self._wanted and self._lock.acquire(blocking=False):
            try:
                self._wanted = False
                self._follow(self._tools())
            finally:
                self._lock.release()
