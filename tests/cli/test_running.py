"""The parts that run, as real processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from worker.adapters.heartbeat import beat_file, is_alive

#: Real seconds after which a process test is lost; far above what one takes.
PATIENCE = 40.0


@dataclass
class Machine:
    """A data folder and free ports, and `apres` run there."""

    environment: dict[str, str]
    data: Path

    def start(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "worker", *command],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def code(self, *command: str) -> int:
        process = self.start(*command)
        process.communicate(timeout=PATIENCE)
        return process.returncode


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return str(door.getsockname()[1])


def wait_until(condition: Callable[[], bool]) -> None:
    end, glance = time.monotonic() + PATIENCE, threading.Event()
    while not condition():
        assert time.monotonic() < end, "never came true"
        glance.wait(0.1)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    smtp = free_port()
    settings = {
        "APRES_DATA": str(tmp_path / "data"),
        "APRES_LANGUAGE": "en",
        "APRES_RELAY_PORT": smtp,
        "APRES_INBOX_SMTP_PORT": smtp,
        "APRES_INBOX_HTTP_PORT": free_port(),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("APRES_")}
    return Machine(inherited | settings, tmp_path / "data")


def test_up_runs_everything_and_leaves_nothing_behind(machine: Machine) -> None:
    up = machine.start("up")
    try:
        wait_until(lambda: all(is_alive(beat_file(machine.data, part)) for part in ("worker", "beat")))
        assert [machine.code("health", part) for part in ("worker", "inbox", "ledger")] == [0, 0, 0]
        assert machine.code("up") == 2
    finally:
        up.send_signal(signal.SIGTERM)
        said, _ = up.communicate(timeout=PATIENCE)

    assert up.returncode == 0
    assert "Local inbox: http://127.0.0.1:" in said
    assert "nothing is lost" in said
    assert machine.code("health", "inbox") == 1
    assert not (machine.data / "redis" / "redis.sock").exists()


def test_a_part_leaves_with_the_parent_that_started_it(machine: Machine) -> None:
    gone = os.getppid()

    inbox = machine.start("inbox", "--with-parent", str(gone))

    inbox.communicate(timeout=PATIENCE)
    assert inbox.returncode in {0, -signal.SIGTERM}


def test_health_says_no_where_nothing_runs(machine: Machine) -> None:
    assert [machine.code("health", part) for part in ("worker", "beat", "inbox")] == [1, 1, 1]


def test_a_wrong_setting_is_a_sentence(machine: Machine) -> None:
    machine.environment["APRES_BATCH"] = "many"

    process = machine.start("todo")
    said, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode == 2
    assert said.startswith("APRES_BATCH: ")


def test_the_command_line_answers_before_anything_heavy_is_imported() -> None:
    heavy = ("celery", "fastapi", "redis", "babel", "icalendar", "pydantic")
    program = f"import sys, worker.cli; print([m for m in {heavy} if m in sys.modules])"

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
