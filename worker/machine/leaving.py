"""How a worker leaves: it tells its pool processes, waits as long as the grace allows, and never longer."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

import structlog
from billiard.process import active_children  # type: ignore[import-untyped]
from celery import bootsteps, signals
from celery.worker import state

from worker.adapters.stopping import STOPPING
from worker.cli.screen import tell
from worker.machine.ears import MARGIN, Ears, stopping_words

#: Exit code of a worker that was told to leave at once, or would not leave in time.
AT_ONCE = 1

_log = structlog.get_logger()


class Farewell:
    """In the parent: the one way out, whoever asks for it."""

    def __init__(self, grace: float) -> None:
        """`grace` real seconds are left to the letters past their gate."""
        self._grace = grace

    def ask(self, code: int = 0) -> None:
        """Finish what is past its gate, give the rest back, leave with this exit code. May be called from anywhere."""
        STOPPING.begin(self._grace)
        state.should_stop = code
        _signal_pool(signal.SIGTERM)
        threading.Thread(target=self._see_out, args=(code,), name="farewell", daemon=True).start()

    def at_once(self) -> None:
        """Leave now, with every pool process; what was past its gate is found in doubt by those who stay."""
        _signal_pool(signal.SIGKILL)
        os._exit(AT_ONCE)

    def _see_out(self, code: int) -> None:
        # A thread: a signal handler that writes may meet the lock of the line it interrupts.
        _log.info("stopping", grace=self._grace)
        if sys.stdout.isatty():
            tell(stopping_words(self._grace))
        time.sleep(self._grace + MARGIN)
        _log.error("killed: did not stop in time", grace=self._grace)
        _signal_pool(signal.SIGKILL)
        os._exit(code or AT_ONCE)


def hearing(farewell: Farewell) -> type[bootsteps.StartStopStep]:
    """A step of Celery's worker that puts our ears in place of its handlers, which begin after they are installed."""

    class _Hearing(bootsteps.StartStopStep):  # type: ignore[misc]
        def start(self, _parent: Any) -> None:
            Ears(farewell.ask, farewell.at_once).open()

    return _Hearing


def prepare_pool() -> None:
    """In pool processes: while a task runs, a stop ends waits that may be ended, and nothing else."""
    signals.task_prerun.connect(_while_working)
    signals.task_postrun.connect(_while_idle)


#: What SIGTERM does to a pool process without a task: billiard's way out.
_when_idle: Callable[[int, FrameType | None], Any] | int | None = signal.SIG_DFL


def _while_working(**_: Any) -> None:
    # Set for each task: billiard puts its own handler back after worker_process_init, and that one dies at once,
    # between the final dot and its reply if need be: a doubt for every stop.
    global _when_idle  # noqa: PLW0603 - one pool process has one handler
    _when_idle = signal.signal(signal.SIGTERM, _break_off)


def _while_idle(**_: Any) -> None:
    signal.signal(signal.SIGTERM, _when_idle)


def _break_off(_number: int, _frame: FrameType | None) -> None:
    """Without a stop begun by the parent this signal is somebody's who tells the whole group: the parent follows."""
    STOPPING.break_off()


def _signal_pool(number: int) -> None:
    for child in active_children():
        with suppress(ProcessLookupError):
            os.kill(child.pid, number)
