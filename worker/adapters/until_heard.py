"""What only this worker knows is told to the ledger until it hears, or the mail would be in doubt for nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from redis.exceptions import BusyLoadingError, ConnectionError, TimeoutError  # noqa: A004 - redis-py's own names

from worker.adapters.stopping import STOPPING

Answer = TypeVar("Answer")

#: Real seconds: how long it is tried beyond the client's own half minute (a Celery task may take 900 in all), and
#: the wait between two tries.
_PATIENCE, _PAUSE = 600.0, 0.5


def until_heard(say: Callable[[], Answer]) -> Answer:
    """Its answer, as soon as the server gives one; the last failure after ten minutes, or when we have to leave.

    `say` may be carried out more than once: its script must have the same effect each time.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return say()
        except (ConnectionError, TimeoutError, BusyLoadingError):
            if STOPPING.has_begun() or time.monotonic() > end:
                raise
        STOPPING.sleep(_PAUSE)
