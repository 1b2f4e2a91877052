"""Where an embedded server listens: a socket only we may open, or a port of loopback with a password."""

from __future__ import annotations

import json
import os
import secrets
import socket
import tempfile
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

#: A longer path does not fit into sockaddr_un (108 octets on Linux, 104 on macOS), and the server would not start.
SOCKET_PATH_LIMIT = 100


class DoorKind(StrEnum):
    """A socket in the file system, or TCP on 127.0.0.1 for clients that can do no other."""

    SOCKET = "socket"
    LOOPBACK = "loopback"


@dataclass(frozen=True, slots=True)
class Door:
    """One place to listen: a socket path, or else a port and its password. `program` is the server's path."""

    program: str
    socket: str = ""
    port: int = 0
    password: str = ""

    @property
    def url(self) -> str:
        """For redis-py and RedBeat."""
        if self.socket:
            return f"unix://{quote(self.socket)}?db=0"
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    @property
    def broker_url(self) -> str:
        """For kombu, which spells sockets in its own way."""
        return f"redis+socket://{quote(self.socket)}?virtual_host=0" if self.socket else self.url

    @property
    def settings(self) -> dict[str, str]:
        """The server's own words for it."""
        if self.socket:
            return {"port": "0", "unixsocket": self.socket, "unixsocketperm": "700"}
        return {"port": str(self.port), "bind": "127.0.0.1", "requirepass": self.password}

    @classmethod
    def recall(cls, note: Path) -> Door | None:
        """The door last used, as noted there; None when nothing readable is."""
        try:
            return cls(**json.loads(note.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def note(self, note: Path) -> None:
        """Leave word for those who come to a running server; the file is ours alone, it may hold the password."""
        draft = note.with_suffix(".new")
        draft.unlink(missing_ok=True)
        draft.touch(0o600, exist_ok=False)
        draft.write_text(json.dumps(asdict(self)), "utf-8")
        draft.replace(note)


def choose_door(folder: Path, kind: DoorKind, program: Path) -> Door:
    """A socket in the folder, in a private short folder when that path is too long, else a free port."""
    if kind is DoorKind.SOCKET:
        for path in (folder / "redis.sock", Path(tempfile.gettempdir()) / "apres-12345678" / "redis.sock"):
            if len(os.fsencode(path)) <= SOCKET_PATH_LIMIT:
                inside = path.parent if path.parent == folder else Path(tempfile.mkdtemp(prefix="apres-"))
                return Door(str(program), socket=str(inside / path.name))
    return Door(str(program), port=_free_port(), password=secrets.token_urlsafe(24))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        return port
