"""The ledger's server of a run: on a socket for those near it, on a port that stays for the proxy."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from redis import Redis

from tests.faults.crew import wait
from worker.adapters.redis_server import ensure_server

#: Octets that still fit on a full disk: less than a move writes.
_A_LITTLE = 100


class Server:
    """A durable server that can be killed and comes back with its data, at the same two doors."""

    def __init__(self, folder: Path) -> None:
        """Start it."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self._running = ensure_server(folder)
        self._open_port()

    @property
    def url(self) -> str:
        """For redis-py and RedBeat."""
        return self._running.url

    @property
    def broker_url(self) -> str:
        """For Celery."""
        return self._running.broker_url

    @property
    def pid(self) -> int:
        """Its process."""
        return self._running.pid

    def restart(self) -> None:
        """SIGKILL, then a start from the append-only file."""
        self._kill()
        self.start_again()

    def start_again(self) -> None:
        """With the data that it finds."""
        self._running = ensure_server(self._running.folder)
        self._open_port()

    def dies_of_a_full_disk(self, within: float) -> bool:
        """Let its files grow no further; whether it left for that. If it did not, there is room again.

        The limit is RLIMIT_FSIZE, which needs no right to mount: a write comes to nothing, as on a full disk.
        """
        size = max(file.stat().st_size for file in self._data.glob("*.incr.aof"))
        _limit(self.pid, size + _A_LITTLE)
        end = time.monotonic() + within
        while not (gone := _is_gone(self.pid)) and time.monotonic() < end:
            wait(0.05)
        if not gone:
            _limit(self.pid, resource.RLIM_INFINITY)
        return gone

    @contextmanager
    def copy_of_its_file(self) -> Iterator[Path]:
        """The append-only file as it is now, kept while the block lasts."""
        with TemporaryDirectory(dir=self._data.parent.parent) as folder:
            copy = Path(folder) / self._data.name
            before = None
            while before != (before := self._manifest()):  # it may be rewritten while it is copied
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(self._data, copy, ignore=shutil.ignore_patterns("temp-*"))
            yield copy

    def put_back(self, copy: Path) -> None:
        """SIGKILL, then a start from that older file."""
        self._kill()
        shutil.rmtree(self._data)
        shutil.copytree(copy, self._data)
        self.start_again()

    def stop(self) -> None:
        """End it in good order."""
        self._running.stop()

    @property
    def _data(self) -> Path:
        return self._running.folder / "appendonlydir"

    def _manifest(self) -> list[str]:
        return [file.read_text() for file in self._data.glob("*.manifest")]

    def _kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        while not _is_gone(self.pid):
            wait(0.02)

    def _open_port(self) -> None:
        with Redis.from_url(self.url) as client:
            client.config_set("port", self.port)


def _limit(pid: int, size: int) -> None:
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].strip().startswith("Z")
    except OSError:
        return True
