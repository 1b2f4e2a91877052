"""Postfix's smtp-sink as the relay, and smtp-source as the floor: what the machine can do without us."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from worker.domain.errors import Unsettled

#: Parallel sessions of the floor; fewer are bound by wake-ups (research: performance §1), more bring nothing.
SESSIONS = 4

_COUNT = re.compile(rb"mesg=(\d+)")


@dataclass(frozen=True, slots=True)
class Sink:
    """A running smtp-sink that counts what it accepts."""

    port: int
    counter: Path

    def accepted(self) -> int:
        """How many mails it took so far."""
        size = self.counter.stat().st_size
        with self.counter.open("rb") as said:
            said.seek(max(0, size - 200))
            found = _COUNT.findall(said.read())
        return int(found[-1]) if found else 0

    def wait_for(self, number: int, patience: float) -> float:
        """Wait until it took so many; gives the monotonic second at which it had. Unsettled when it never did."""
        end, glance = time.monotonic() + patience, threading.Event()
        while self.accepted() < number:
            if time.monotonic() > end:
                raise Unsettled(f"the sink took {self.accepted()} of {number} mails in {patience:.0f} s")
            glance.wait(0.01)
        return time.monotonic()


@contextmanager
def smtp_sink(folder: Path, *, dump: Path | None = None) -> Iterator[Sink]:
    """A fresh sink on a free port; with `dump`, each mail becomes a file in that folder."""
    port, counter = _free_port(), folder / "sink.count"
    template = ["-d", f"{dump}/mail."] if dump else []
    command = [program("smtp-sink"), *_as_nobody(), "-c", *template, f"127.0.0.1:{port}", "1024"]
    with counter.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
    try:
        _wait_for_door(port, process)
        yield Sink(port, counter)
    finally:
        process.kill()
        process.wait()


def floor_seconds(sink: Sink, count: int, size: int) -> float:
    """How long smtp-source needs for so many mails of that size over reused connections."""
    before, began = sink.accepted(), time.monotonic()
    command = [program("smtp-source"), "-d", "-s", str(SESSIONS), "-m", str(count), "-l", str(size)]
    subprocess.run([*command, f"127.0.0.1:{sink.port}"], check=True, capture_output=True)
    return sink.wait_for(before + count, 60) - began


def program(name: str) -> str:
    """Where a program of Postfix is; Unsettled when it is not installed."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if not found:
        raise Unsettled(f"{name} is not installed: run `make tools` (Debian's postfix brings it)")
    return found


def _as_nobody() -> list[str]:
    # smtp-sink refuses to run as root without a user to become.
    return ["-u", "root"] if os.geteuid() == 0 else []


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def _wait_for_door(port: int, process: subprocess.Popen[bytes]) -> None:
    end, glance = time.monotonic() + 10, threading.Event()
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            glance.wait(0.02)
        else:
            return
    raise Unsettled("smtp-sink does not start")
