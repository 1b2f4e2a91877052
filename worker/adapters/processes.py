"""Child processes of one machine: started, started again when they die, ended in reverse order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

#: Real seconds a child has to leave before it is killed: a worker's own grace, its margin, and a little more.
GRACE = 35.0

#: Real seconds between two looks.
_GLANCE = 0.05


@dataclass
class Crew:
    """The `apres` processes this one answers for. Each writes its own log file into `logs`."""

    logs: Path
    environment: Mapping[str, str]
    grace: float = GRACE
    _children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _commands: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def start(self, name: str, *command: str) -> None:
        """Run `apres COMMAND…` in a process group of its own."""
        self._commands[name] = command
        self.logs.mkdir(parents=True, exist_ok=True)
        with (self.logs / f"{name}.jsonl").open("ab") as log:
            self._children[name] = subprocess.Popen(
                [sys.executable, "-m", "worker", *command],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def revive(self) -> tuple[str, ...]:
        """Start again those that have died; gives their names. Beat leaves whenever Redis restarts, by design."""
        dead = tuple(name for name, child in self._children.items() if child.poll() is not None)
        for name in dead:
            self.start(name, *self._commands[name])
        return dead

    def kill(self, name: str) -> None:
        """SIGKILL one and its children, as a lost machine would."""
        _signal_group(self._children[name], signal.SIGKILL)
        self._children[name].wait()

    def stop(self, hurry: Callable[[], bool] = lambda: False) -> None:
        """End them one after the other, the last started first: the inbox answers until the worker has left.

        Who has not left when `grace` is over, or when `hurry` says so, is killed.
        """
        end = time.monotonic() + self.grace
        for child in reversed(list(self._children.values())):
            _signal_group(child, signal.SIGTERM)
            while child.poll() is None and time.monotonic() < end and not hurry():
                time.sleep(_GLANCE)
            _signal_group(child, signal.SIGKILL)
            child.wait()
        self._children.clear()


def _signal_group(child: subprocess.Popen[bytes], number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def tail(log: Path, lines: int = 5) -> Sequence[str]:
    """The last lines of a log, to show when something failed."""
    return log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:] if log.is_file() else []
