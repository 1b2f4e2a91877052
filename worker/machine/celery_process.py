"""Celery in this process: the worker and the beat, told by our settings and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from celery import Celery, bootsteps, signals

from worker import bootstrap
from worker.adapters.library_logs import log_libraries_to_stderr
from worker.adapters.observe import log_to_stderr
from worker.celery_settings import celery_settings
from worker.domain.life import EVERY, Part
from worker.machine.early_imports import import_early
from worker.machine.lasting import keep_for_good
from worker.machine.leaving import Farewell, hearing, prepare_pool
from worker.machine.life import LOOP, keep_showing
from worker.machine.probes import serve_probes
from worker.machine.readiness import BEAT, WORKER, readiness
from worker.machine.watchdog import keep_watch
from worker.tasks import app


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
    """Work until told to stop; gives the exit code. A first Ctrl-C or SIGTERM waits for letters past their gate."""
    import_early()
    celery = configured()
    known, queues = bootstrap.settings(), list(lanes)
    farewell = Farewell(known.stop_grace)
    LOOP.passes()  # a loop that never begins, for want of a broker, is missed too
    celery.steps["consumer"].add(_SignOfLife)
    celery.steps["worker"].add(hearing(farewell))
    prepare_pool()
    worker = celery.Worker(
        pool="prefork",
        concurrency=concurrency,
        queues=queues,
        loglevel=logging.WARNING,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
    )
    keep_watch(farewell, queues, known.stall_after)
    keep_showing(Part.WORKER, tuple(queues))
    serve_probes(known.probe_host, known.worker_probe_port, partial(readiness, WORKER))
    keep_for_good()
    worker.start()
    return int(worker.exitcode or 0)


def run_beat() -> None:
    """Beat until told to stop. It leaves by itself when Redis restarts: whoever supervises starts it again."""
    celery = configured()
    known = bootstrap.settings()
    keep_showing(Part.BEAT)
    serve_probes(known.probe_host, known.beat_probe_port, partial(readiness, BEAT))
    celery.Beat(loglevel=logging.WARNING, quiet=True).run()


class _SignOfLife(bootsteps.StartStopStep):  # type: ignore[misc]
    """The worker's own loop passes here: one that hangs is seen. Begins anew with each connection."""

    def start(self, parent: Any) -> None:
        LOOP.passes()
        parent.timer.call_repeatedly(EVERY.total_seconds(), LOOP.passes, ())


def _log(**_: Any) -> None:
    log_libraries_to_stderr()
