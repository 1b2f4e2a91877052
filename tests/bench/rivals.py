"""The others in the same minute on the same machine: the naive yardstick and django-post_office."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.sink import Sink
from worker.adapters.redis_door import DoorKind
from worker.adapters.redis_server import ensure_server
from worker.domain.errors import Unsettled

#: The fixed program of the protocol lies beside the checkout; without it its figure is left out.
NAIVE = Path(__file__).resolve().parents[3] / "shared" / "tools" / "naive_baseline.py"

#: Made by `make bench` from requirements-bench.lock.
POST_OFFICE = Path(__file__).resolve().parents[2] / ".venv-bench" / "bin" / "python"

_PATIENCE = 600


def naive_per_second(sink: Sink, count: int) -> float:
    """One Celery task, one connection and one full compose for each mail; by its own clock.

    It counts every fiftieth mail and leaves with the last ones unsent, so the sink is not asked.
    """
    with TemporaryDirectory(prefix="apres-bench-") as folder:
        server = ensure_server(Path(folder) / "redis", DoorKind.LOOPBACK)
        try:
            told = _first_line([sys.executable, NAIVE, server.url, "127.0.0.1", sink.port, count])
        finally:
            server.stop()
    return float(told["per_s"])


def _first_line(command: list[object]) -> dict[str, float]:
    """What the program tells; then it is ended with its worker, which does not always leave within its half minute."""
    words = [str(word) for word in command]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, start_new_session=True) as program:
        late = threading.Timer(_PATIENCE, _end, [program])
        late.start()
        try:
            line = program.stdout.readline() if program.stdout else ""
        finally:
            late.cancel()
            _end(program)
    if not line:
        raise Unsettled(f"{words[1]} told no figure")
    told: dict[str, float] = json.loads(line)
    return told


def _end(program: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)


def post_office_per_second(sink: Sink, count: int, size: int) -> float:
    """Queueing included, two processes, SQLite; Unsettled when the sink did not get every mail."""
    program, before = Path(__file__).with_name("post_office_run.py"), sink.accepted()
    with TemporaryDirectory(prefix="apres-bench-") as folder:
        told = _run([POST_OFFICE, program, "127.0.0.1", sink.port, count, size, folder])
    sink.wait_for(before + count, 30)
    return float(told["messages"]) / float(told["seconds"])


def _run(command: list[object]) -> dict[str, float]:
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    if done.returncode:
        raise Unsettled(f"{words[1]} failed: {done.stderr[-300:]}")
    told: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return told
