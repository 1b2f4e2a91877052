"""Whether a part of the house is well, asked from outside it."""

from __future__ import annotations

import json
import signal
import socket
from contextlib import suppress
from pathlib import Path

from worker.adapters.heartbeat import beat_file, is_alive, leave_with
from worker.config import read_settings
from worker.domain.errors import Unsettled


def is_well(part: str) -> bool:
    """Whether `worker`, `beat`, `inbox`, `web` or `ledger` shows a sign of life."""
    data = read_settings().data
    match part:
        case "worker" | "beat":
            return is_alive(beat_file(data, part))
        case "inbox":
            return _inbox_listens(data / "run" / "inbox.json")
        case "web":
            return _listens(read_settings().web_host, read_settings().web_port)
        case _:
            return _ledger_answers()


def leave_with_parent(parent: int) -> None:
    """End this process in good order when that one is gone, however it went."""
    leave_with(parent, signal.SIGTERM)


def _inbox_listens(note: Path) -> bool:
    with suppress(OSError, ValueError, KeyError):
        doors = json.loads(note.read_text("utf-8"))
        return _listens(doors["host"], doors["smtp_port"])
    return False


def _listens(host: str, port: int) -> bool:
    here = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    with suppress(OSError), socket.create_connection((here, port), timeout=3):
        return True
    return False


def _ledger_answers() -> bool:
    from redis.exceptions import RedisError  # noqa: PLC0415 - a check runs every few seconds: only what it needs

    from worker import bootstrap  # noqa: PLC0415 - likewise

    try:
        bootstrap.store().now()
    except (RedisError, Unsettled, OSError):
        return False
    return True
