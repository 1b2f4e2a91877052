"""Two workers and two beats, started again when they leave, as compose would; one worker is behind a proxy."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

#: libfaketime where Debian puts it; without it clock steps are left out, and the report says so.
FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)

WORKERS, BEATS = ("worker-a", "worker-b"), ("beat-a", "beat-b")


@dataclass
class FaultyCrew:
    """The processes of a run. `far` are the settings of those behind the proxy, `near` of all others."""

    folder: Path
    near: Mapping[str, str]
    far: Mapping[str, str]
    left: int = 0
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start_all(self) -> None:
        """Everybody to work."""
        for name in (*WORKERS, *BEATS):
            self._start(name)

    def revive(self) -> int:
        """Start again whoever has left; gives how many had."""
        gone = [name for name, process in self._running.items() if process.poll() is not None]
        for name in gone:
            self._start(name)
        self.left += len(gone)
        return len(gone)

    def kill(self, name: str) -> None:
        """SIGKILL to one and its children; it is started again at the next `revive`."""
        self._signal(name, signal.SIGKILL)
        self._running[name].wait()

    def kill_a_child(self, name: str, which: int) -> bool:
        """SIGKILL to one pool process; False when there was none."""
        children = self._children(name)
        if children:
            with suppress(ProcessLookupError):
                os.kill(children[which % len(children)], signal.SIGKILL)
        return bool(children)

    def freeze(self, name: str) -> None:
        """SIGSTOP to one and its children."""
        self._signal(name, signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """SIGCONT."""
        self._signal(name, signal.SIGCONT)

    def set_clock(self, name: str, seconds: int) -> None:
        """From now on this worker's wall clock is so far off; without libfaketime nothing happens."""
        self._clock(name).write_text(f"{seconds:+d}\n")

    def end(self) -> None:
        """SIGKILL to all."""
        for name, process in self._running.items():
            self._signal(name, signal.SIGCONT)
            self._signal(name, signal.SIGKILL)
            process.wait()

    def _start(self, name: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.launcher", name.partition("-")[0]],
                env=self._environment(name),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _environment(self, name: str) -> dict[str, str]:
        own = {**(self.far if name.endswith("-b") else self.near)}
        own["APRES_DATA"] = str(self.folder / name)
        if FAKETIME and name == "worker-b":
            self._clock(name).write_text("+0\n")
            own |= {
                "LD_PRELOAD": str(FAKETIME),
                "FAKETIME_TIMESTAMP_FILE": str(self._clock(name)),
                "FAKETIME_CACHE_DURATION": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            }
        return own

    def _clock(self, name: str) -> Path:
        return self.folder / f"{name}.clock"

    def _children(self, name: str) -> list[int]:
        pid = self._running[name].pid
        file = Path(f"/proc/{pid}/task/{pid}/children")
        with suppress(OSError):
            return [int(child) for child in file.read_text().split()]
        return []

    def _signal(self, name: str, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._running[name].pid, number)


def wait(seconds: float) -> None:
    """Real time passes; faults happen in it, and nothing is concluded from how much."""
    time.sleep(seconds)


def tidy(folder: Path) -> None:
    """Take a run's folder away."""
    shutil.rmtree(folder, ignore_errors=True)
