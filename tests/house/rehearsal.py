"""What a container does to our commands, without one: another user, a tree nobody may write, one folder for data."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.house.tree import CHECKOUT

#: The user of worker/Dockerfile.
USER = 10001

#: Real seconds after which a service that does not answer is lost.
PATIENCE = 60.0

#: Root gives up all it may, except to look everywhere: the interpreter may lie in a home folder.
AS_USER = (
    "setpriv",
    f"--reuid={USER}",
    f"--regid={USER}",
    "--clear-groups",
    "--no-new-privs",
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
)


@dataclass
class Rehearsal:
    """`folder` gets `tree`, which is read-only, and `data`, which is the user's. Close it, or its processes stay."""

    folder: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Copy what the image holds, and hand the data folder over."""
        self.folder.chmod(0o755)
        for room in ("worker", "templates", "schedules", "sample"):
            shutil.copytree(CHECKOUT / room, self.tree / room, ignore=shutil.ignore_patterns("__pycache__"))
        for place in (self.tree, *self.tree.rglob("*")):
            place.chmod(0o555 if place.is_dir() else 0o444)
        self.data.mkdir()
        if os.getuid() == 0:
            os.chown(self.data, USER, USER)
        self.environment = {**_bare_environment(self.data), "PYTHONPATH": str(self.tree)}

    @property
    def tree(self) -> Path:
        """What stands in /opt of the image."""
        return self.folder / "tree"

    @property
    def data(self) -> Path:
        """What is mounted on /data."""
        return self.folder / "data"

    def run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """One command to its end."""
        return subprocess.run(
            _as_user(command),
            env=self.environment,
            cwd=self.data,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def start(self, service: str, command: Sequence[str]) -> None:
        """One service, which stays."""
        with self._log(service).open("wb") as log:
            self.processes[service] = subprocess.Popen(
                _as_user(command),
                env=self.environment,
                cwd=self.data,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self, service: str) -> int:
        """SIGTERM, as `docker compose stop` sends it; gives the exit status."""
        process = self.processes.pop(service)
        process.send_signal(signal.SIGTERM)
        return process.wait(PATIENCE)

    def wait_until_well(self, service: str, health: Sequence[str]) -> None:
        """Ask for its health again and again, as the engine does."""
        end = time.monotonic() + PATIENCE
        while (answer := self.run(health)).returncode:
            assert self.processes[service].poll() is None, f"{service} left: {self.log(service)}"
            assert time.monotonic() < end, (
                f"{service} is not well: {answer.stdout}{answer.stderr}{self.log(service)}"
            )

    def log(self, service: str) -> str:
        """What the service said so far."""
        return self._log(service).read_text(encoding="utf-8", errors="replace")

    def _log(self, service: str) -> Path:
        return self.folder / f"{service}.log"

    def close(self) -> None:
        """End whatever still runs, its children too, and make the tree removable again."""
        for process in self.processes.values():
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for place in (self.tree, *self.tree.rglob("*")):
            place.chmod(0o755)


def _as_user(command: Sequence[str]) -> list[str]:
    program, *words = command
    assert program in {"apres", "python"}, f"{program} is not a command of ours"
    ours = [sys.executable, *(("-m", "worker") if program == "apres" else ()), *words]
    return [*AS_USER, *ours] if os.getuid() == 0 else ours


def _bare_environment(data: Path) -> dict[str, str]:
    smtp, http, web, worker, beat = (_free_port() for _ in range(5))
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "APRES_DATA": str(data),
        "APRES_HOME": str(data / "home"),
        "APRES_RELAY_PORT": smtp,
        "APRES_INBOX_SMTP_PORT": smtp,
        "APRES_INBOX_HTTP_PORT": http,
        "APRES_WEB_PORT": web,
        "APRES_WORKER_PROBE_PORT": worker,
        "APRES_BEAT_PROBE_PORT": beat,
    }


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
