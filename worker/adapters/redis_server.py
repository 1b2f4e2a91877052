"""A real server that speaks Redis, in a folder of ours: started when none runs there, found again when one does.

Under the folder: `appendonlydir/` (the data), `redis.conf` (as started), `redis.log`, `redis.pid`, `door.json` (where
it listens) and `redis.lock`. The server inherits the lock and so holds it exactly as long as it lives, whatever
becomes of the process that started it.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import BusyLoadingError, RedisError
from redis.retry import Retry

from worker.adapters.redis_binary import find_server
from worker.adapters.redis_door import Door, DoorKind, choose_door
from worker.domain.errors import Unsettled

#: Nothing acknowledged is ever lost, nothing is evicted (research: reliability §2, power cut; §1, trap 14).
DURABLE = {
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",
    "maxmemory-policy": "noeviction",
    "save": "",
}

#: Real seconds for a server to load its data and answer, or to write them out and leave.
_PATIENCE = 60.0
_GLANCE = 0.01

#: Somebody else may stop the server while we wait for it; then it is our turn to start it.
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that answers. `url` is for redis-py and RedBeat, `broker_url` for Celery."""

    url: str = field(repr=False)
    broker_url: str = field(repr=False)
    pid: int
    folder: Path

    def stop(self, *, patience: float = _PATIENCE) -> None:
        """End it in good order, its data on disk; no effect when it is gone already.

        Raises Unsettled when after `patience` real seconds its folder is still in use.
        """
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            self._ask_to_leave()
            with _lock(self.folder, min(0.1, patience)) as free:
                if free is not None:
                    _clear(self.folder)
                    return
        raise Unsettled(
            f"the server in {self.folder} (process {self.pid}) does not stop: see redis.log there"
        )

    def _ask_to_leave(self) -> None:
        # Asked again and again: a server that is just writing its first append-only file refuses SHUTDOWN.
        with suppress(RedisError), _client(self.url) as client:
            if _pid(client) == self.pid:
                client.shutdown(nosave=True)


def ensure_server(folder: Path, kind: DoorKind = DoorKind.SOCKET) -> RunningServer:
    """The server of this folder, started if need be; it outlives this process. Safe to call from several at once.

    Raises Unsettled when none can be started, or when something else answers in its place.
    """
    folder = folder.resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for _ in range(_ATTEMPTS):
        with _lock(folder, 0) as free:
            if free is not None:
                _start(folder, kind, free)
        if server := _attach(folder):
            return server
    raise Unsettled(f"the server in {folder} does not stay up: {_last_line(_text(folder / 'redis.log'))}")


def _start(folder: Path, kind: DoorKind, lock: int) -> None:
    before = Door.recall(folder / "door.json")
    program = find_server(before.program if before else "")
    _clear(folder)
    door = choose_door(folder, kind, program)
    door.note(folder / "door.json")
    settings = folder / "redis.conf"
    settings.write_text(_written({**DURABLE, **door.settings, **_places(folder)}), "utf-8")
    settings.chmod(0o600)
    started = subprocess.run(
        [program, settings], pass_fds=[lock], capture_output=True, text=True, check=False
    )
    if started.returncode:
        raise Unsettled(f"{program} does not start: {_last_line(started.stdout + started.stderr)}")


def _places(folder: Path) -> dict[str, str]:
    return {
        "dir": str(folder),
        "logfile": str(folder / "redis.log"),
        "pidfile": str(folder / "redis.pid"),
        "daemonize": "yes",
    }


def _written(settings: dict[str, str]) -> str:
    """A redis.conf; values in double quotes may hold anything but these two, which are escaped."""
    escaped = {word: value.replace("\\", "\\\\").replace('"', '\\"') for word, value in settings.items()}
    return "".join(f'{word} "{value}"\n' for word, value in escaped.items())


def _attach(folder: Path) -> RunningServer | None:
    """Wait until the server of this folder answers; None when nobody holds its lock any more."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        door = Door.recall(folder / "door.json")
        pid = _answering(door.url) if door else None
        if door and pid:
            return _recognised(door, pid, folder)
        with _lock(folder, 0) as free:
            if free is not None:
                return None
        time.sleep(_GLANCE)
    raise Unsettled(
        f"the server in {folder} runs and does not answer within {_PATIENCE:.0f} s: see redis.log there"
    )


def _recognised(door: Door, pid: int, folder: Path) -> RunningServer:
    written = _text(folder / "redis.pid").strip()
    if written != str(pid):
        raise Unsettled(
            f"at the door of {folder} answers process {pid}, and its own server is {written or 'not known'}: "
            f"stop process {pid}, or use another data folder"
        )
    return RunningServer(door.url, door.broker_url, pid, folder)


def _answering(url: str) -> int | None:
    """The process that answers there; None while none does or it is still loading."""
    with suppress(BusyLoadingError, RedisError, OSError), _client(url) as client:
        client.ping()  # refused while it loads, as INFO is not
        return _pid(client)
    return None


def _client(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5, retry=Retry(NoBackoff(), 0))


def _pid(client: Redis) -> int:
    return int(client.info("server")["process_id"])


@contextmanager
def _lock(folder: Path, patience: float) -> Iterator[int | None]:
    """The folder's lock as a file descriptor, or None when a server, or someone starting one, holds it."""
    lock = os.open(folder / "redis.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield lock if _taken(lock, time.monotonic() + patience) else None
    finally:
        os.close(lock)


def _taken(lock: int, deadline: float) -> bool:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_GLANCE)
        else:
            return True


def _clear(folder: Path) -> None:
    """Take away what a dead server left of its door; only under the lock."""
    (folder / "redis.pid").unlink(missing_ok=True)
    door = Door.recall(folder / "door.json")
    if door and door.socket:
        Path(door.socket).unlink(missing_ok=True)
        if Path(door.socket).parent != folder:
            with suppress(OSError):
                Path(door.socket).parent.rmdir()


def _text(file: Path) -> str:
    return file.read_text("utf-8", "replace") if file.exists() else ""


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it says nothing"
