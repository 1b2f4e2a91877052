"""The ledger's server of a run: on a socket for those near it, on a port that stays for the proxy."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

from redis import Redis

from tests.faults.crew import wait
from worker.adapters.redis_server import ensure_server


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
        os.kill(self.pid, signal.SIGKILL)
        while not _is_gone(self.pid):
            wait(0.02)
        self._running = ensure_server(self._running.folder)
        self._open_port()

    def stop(self) -> None:
        """End it in good order."""
        self._running.stop()

    def _open_port(self) -> None:
        with Redis.from_url(self.url) as client:
            client.config_set("port", self.port)


def _is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].strip().startswith("Z")
    except OSError:
        return True
