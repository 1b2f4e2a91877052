"""Celery in this process: the worker and the beat, told by our settings and nothing else."""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

from billiard.process import active_children  # type: ignore[import-untyped]
from celery import Celery, bootsteps, signals

from worker import bootstrap
from worker.adapters import heartbeat
from worker.adapters.library_logs import log_libraries_to_stderr
from worker.adapters.observe import log_to_stderr
from worker.adapters.shift import STOPPING
from worker.celery_settings import celery_settings
from worker.tasks import app

#: Set in the memory that parent and pool share once a stop may not wait any more.
_AT_ONCE = multiprocessing.RawValue(ctypes.c_bool, False)  # noqa: FBT003 - ctypes' own shape

#: What SIGTERM does to a pool process without a task: billiard's way out.
_when_idle: Callable[[int, FrameType | None], Any] | int | None = signal.SIG_DFL


def configured() -> Celery:
    """The app with the settings of this process, logging JSON lines. Wrong ones raise as in `bootstrap`."""
    log_to_stderr()
    signals.setup_logging.connect(_log)
    servers = bootstrap.servers()
    bootstrap.store()
    bootstrap.composer()  # a broken template stops the start, not the sending
    app.conf.update(celery_settings(servers.broker_url, servers.ledger_url, bootstrap.chores()))
    return app


def run_worker(concurrency: int, lanes: Iterable[str]) -> int:
    """Work until told to stop; gives the exit code. A first Ctrl-C or SIGTERM lets the letter in hand end."""
    celery = configured()
    celery.steps["consumer"].add(_SignOfLife)
    signals.task_prerun.connect(_while_working)
    signals.task_postrun.connect(_while_idle)
    signals.worker_shutting_down.connect(_on_stop)
    worker = celery.Worker(
        pool="prefork",
        concurrency=concurrency,
        queues=list(lanes),
        loglevel=logging.WARNING,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


def run_beat() -> None:
    """Beat until told to stop. It leaves by itself when Redis restarts: whoever supervises starts it again."""
    celery = configured()
    heartbeat.keep_touching(heartbeat.beat_file(bootstrap.settings().data, "beat"))
    celery.Beat(loglevel=logging.WARNING, quiet=True).run()


class _SignOfLife(bootsteps.StartStopStep):  # type: ignore[misc]
    """Touches the heartbeat from the worker's own loop: a loop that hangs is seen. Begins anew with each connection."""

    def start(self, parent: Any) -> None:
        file = heartbeat.beat_file(bootstrap.settings().data, "worker")
        heartbeat.touch(file)
        parent.timer.call_repeatedly(heartbeat.EVERY, heartbeat.touch, (file,))


def _log(**_: Any) -> None:
    log_libraries_to_stderr()


def _while_working(**_: Any) -> None:
    # Set for each task: billiard puts its own handler back after worker_process_init, and that one dies at once,
    # between the final dot and its reply if need be: a doubt for every stop.
    global _when_idle  # noqa: PLW0603 - one pool process has one handler
    _when_idle = signal.signal(signal.SIGTERM, _finish)


def _while_idle(**_: Any) -> None:
    signal.signal(signal.SIGTERM, _when_idle)


def _finish(number: int, frame: FrameType | None) -> None:
    """In a pool process at work: end with the letter in hand; at once when the stop is a cold one."""
    STOPPING.set()
    if _AT_ONCE.value and callable(_when_idle):
        _when_idle(number, frame)


def _on_stop(how: str = "", **_: Any) -> None:
    """In the parent: tell the pool. A warm stop waits for it, bounded by one letter; a cold one does not."""
    _AT_ONCE.value = how == "Cold"
    for child in active_children():
        os.kill(child.pid, signal.SIGTERM)
