"""Outside Celery's loop and pool: when work stands still, this worker leaves, and whoever supervises starts another.

Celery has stalled for ever while `inspect ping` said OK (research: reliability, trap 3), so only the ledger is asked.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection

import structlog
from redis.exceptions import RedisError

from worker import bootstrap
from worker.adapters.redis_clocks import steady_time
from worker.adapters.stopping import STOPPING
from worker.domain.errors import ApresError
from worker.domain.sequence import Lane
from worker.domain.stall import Vigil
from worker.machine.leaving import Farewell
from worker.services.vigil import look

#: Exit code of a worker that left because nothing moved (sysexits.h: EX_TEMPFAIL).
STALLED = 75

#: Looks in the time after which standing still is a stall, and the longest real seconds between two.
_LOOKS, _LONGEST = 6, 10.0

_log = structlog.get_logger()


def keep_watch(farewell: Farewell, lanes: Collection[str], after: float) -> None:
    """Watch over these Celery queues from a thread; after `after` real seconds of standing still, leave."""
    watched = tuple(lane for lane in Lane if lane in lanes)
    if watched:
        arguments = (farewell, watched, after)
        threading.Thread(target=_watch, args=arguments, name="watchdog", daemon=True).start()


def _watch(farewell: Farewell, lanes: Collection[Lane], after: float) -> None:
    vigil = Vigil()
    while not vigil.stalled(steady_time(), after):
        time.sleep(min(after / _LOOKS, _LONGEST))
        vigil = _look(lanes, vigil)
    if not STOPPING.has_begun():
        _log.error("stalled: work is waiting and nothing moves; leaving to be started again", seconds=after)
        farewell.ask(STALLED)


def _look(lanes: Collection[Lane], vigil: Vigil) -> Vigil:
    """One look; while the ledger does not answer nobody could work, and the vigil begins anew."""
    try:
        return look(bootstrap.tools(), lanes, vigil, steady_time())
    except (RedisError, OSError, ApresError):
        return Vigil()
