"""How a running part shows that it is alive: while its main loop goes round, a thread says so in file and ledger."""

from __future__ import annotations

import atexit
import os
import socket
import threading
import time
from contextlib import suppress

from redis.exceptions import RedisError

from worker import bootstrap
from worker.adapters import heartbeat
from worker.adapters.redis_clocks import steady_time
from worker.domain.errors import ApresError
from worker.domain.life import EVERY, GONE, Part


class Loop:
    """The main loop of this process. Before it went round for the first time nobody misses it."""

    def __init__(self) -> None:
        self._last: float | None = None

    def passes(self) -> None:
        """It went round once more."""
        self._last = steady_time()

    @property
    def stands_still(self) -> bool:
        """Whether it has not gone round for a minute."""
        return self._last is not None and steady_time() - self._last > GONE.total_seconds()


#: A process has one.
LOOP = Loop()


def own_name() -> str:
    """What tells this process from others, on any machine."""
    return f"{socket.gethostname()}.{os.getpid()}"


def keep_showing(part: Part, lanes: tuple[str, ...] = ()) -> None:
    """Show life every few seconds until the process ends; on a good end, take leave."""
    name = own_name()
    threading.Thread(target=_for_ever, args=(part, name, lanes), name="life", daemon=True).start()
    atexit.register(_take_leave, part, name, os.getpid())


def _for_ever(part: Part, name: str, lanes: tuple[str, ...]) -> None:
    while True:
        if not LOOP.stands_still:
            _show(part, name, lanes)
        time.sleep(EVERY.total_seconds())


def _show(part: Part, name: str, lanes: tuple[str, ...]) -> None:
    """A ledger that does not answer is no reason to stop: who looks there sees it."""
    heartbeat.touch(heartbeat.beat_file(bootstrap.settings().data, part))
    with suppress(RedisError, OSError, ApresError):
        bootstrap.onlooker().store.show_life(part, name, lanes)


def _take_leave(part: Part, name: str, process: int) -> None:
    if os.getpid() == process:  # a forked pool process ends too
        with suppress(RedisError, OSError, ApresError):
            bootstrap.onlooker().store.take_leave(part, name)
