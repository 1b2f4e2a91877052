"""Two workers and two beats, started again when they leave, as compose would; one of each is behind a proxy."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from worker.adapters.journal import lines_of
from worker.domain.journal import read_account
from worker.domain.message import MessageKey

WORKERS, BEATS, SECOND_BEAT = ("worker-a", "worker-b"), ("beat-a", "beat-b"), "beat-c"


@dataclass
class FaultyCrew:
    """The processes of a run. `far` are the settings of those behind the proxy, `near` of all others."""

    folder: Path
    near: Mapping[str, str]
    far: Mapping[str, str]
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _later: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def start_all(self) -> None:
        """Everybody to work."""
        for name in (*WORKERS, *BEATS):
            self._start(name)

    def look_after(self) -> None:
        """Start again whoever has left, and end what has lasted long enough."""
        self._end_what_is_over(time.monotonic())
        for name in [name for name, process in self._running.items() if process.poll() is not None]:
            self._start(name)

    def hurry(self) -> None:
        """End at once what was to last for a while: nobody is frozen, and no clock is wrong."""
        self._end_what_is_over(float("inf"))

    def kill(self, name: str) -> None:
        """SIGKILL to one and its children; it is started again when looked after."""
        self._signal(name, signal.SIGKILL)
        self._running[name].wait()

    def kill_a_child(self, name: str, which: int) -> bool:
        """SIGKILL to one pool process; False when there was none."""
        pool = children(self._running[name].pid)
        if pool:
            with suppress(ProcessLookupError):
                os.kill(pool[which % len(pool)], signal.SIGKILL)
        return bool(pool)

    def stop(self, name: str) -> None:
        """SIGTERM to one, which is started again once it has left."""
        self._running[name].send_signal(signal.SIGTERM)

    def freeze(self, name: str, seconds: float) -> None:
        """SIGSTOP to one and its children, and SIGCONT after so many real seconds."""
        self._signal(name, signal.SIGSTOP)
        self._after(seconds, lambda: self._signal(name, signal.SIGCONT))

    def bend_clock(self, name: str, by: int, seconds: float) -> None:
        """The wall clock of a worker is so far off for a while."""
        self._set_clock(name, by)
        self._after(seconds, lambda: self._set_clock(name, 0))

    def hire_second_beat(self, seconds: float) -> None:
        """A beat that asks for no lock, so that two tick at once; for so many real seconds."""
        if SECOND_BEAT not in self._running:
            self._start(SECOND_BEAT)
            self._after(seconds, self._dismiss_second_beat)

    def lay_trap(self) -> None:
        """The next beat that has reserved an entry is killed before it sends the task."""
        self._trap.touch()

    def trap_is_sprung(self) -> bool:
        """Whether one was."""
        return not self._trap.exists()

    def take_trap_away(self) -> None:
        """Nobody is to be killed by it any more."""
        self._trap.unlink(missing_ok=True)

    def poison(self, key: MessageKey) -> None:
        """Whoever writes this mail from now on is killed by it."""
        with self._poison.open("a") as file:
            file.write(f"{key}\n")

    def least_passages(self) -> int:
        """Of how many passages of the gate every worker has heard."""
        return min(read_account(lines_of(self._journals(name))).highest for name in WORKERS)

    def reconcile(self) -> None:
        """`apres reconcile`, as an organizer would call it, with every worker's journal."""
        journals = [f"--journal={file}" for name in WORKERS for file in self._journals(name)]
        command = [sys.executable, "-m", "worker", "reconcile", "--yes", *journals]
        subprocess.run(command, env={**self.near}, check=True, capture_output=True)

    def end(self) -> None:
        """SIGKILL to all."""
        for name, process in self._running.items():
            self._signal(name, signal.SIGCONT)
            self._signal(name, signal.SIGKILL)
            process.wait()

    @property
    def _trap(self) -> Path:
        return self.folder / "trap"

    @property
    def _poison(self) -> Path:
        return self.folder / "poison"

    def _journals(self, name: str) -> list[Path]:
        return sorted((self.folder / name / "journal").glob("*/*.log"))

    def _after(self, seconds: float, do: Callable[[], None]) -> None:
        self._later.append((time.monotonic() + seconds, do))

    def _end_what_is_over(self, now: float) -> None:
        over = [do for moment, do in self._later if moment <= now]
        self._later = [(moment, do) for moment, do in self._later if moment > now]
        for do in over:
            do()

    def _dismiss_second_beat(self) -> None:
        self.kill(SECOND_BEAT)
        del self._running[SECOND_BEAT]

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
        own |= {"FAULT_TRAP": str(self._trap), "FAULT_POISON": str(self._poison)}
        own["APRES_DATA"] = str(self.folder / name)
        if name == SECOND_BEAT:
            own["FAULT_WITHOUT_LOCK"] = "1"
        if name == "worker-b":
            self._set_clock(name, 0)
            own["FAULT_CLOCK"] = str(self._clock(name))
        return own

    def _set_clock(self, name: str, by: int) -> None:
        self._clock(name).write_text(f"{by:+d}\n")

    def _clock(self, name: str) -> Path:
        return self.folder / f"{name}.clock"

    def _signal(self, name: str, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._running[name].pid, number)


def children(pid: int) -> list[int]:
    """The processes that this one has started and that still run."""
    file = Path(f"/proc/{pid}/task/{pid}/children")
    with suppress(OSError):
        return [int(child) for child in file.read_text().split()]
    return []


def wait(seconds: float) -> None:
    """Real time passes; faults happen in it, and nothing is concluded from how much."""
    threading.Event().wait(seconds)
