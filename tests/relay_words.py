"""The client's half of one connection, as the scripted relay hears it."""

from __future__ import annotations

import select
import socket
import ssl


class Words:
    """What the client says, line by line."""

    def __init__(self, line: socket.socket) -> None:
        self._line, self._heard = line, bytearray()

    def readline(self) -> bytes:
        """The next line with its break; what is left when the client is gone."""
        while (end := self._heard.find(b"\n")) < 0:
            more = self._line.recv(65536)
            if not more:
                break
            self._heard += more
        words = bytes(self._heard[: end + 1 or None])
        del self._heard[: len(words)]
        return words

    def more_came(self) -> bool:
        """Whether there is more already; over TLS, as far as it was read."""
        if isinstance(self._line, ssl.SSLSocket):
            return bool(self._heard)
        ready, _, _ = select.select([self._line], [], [], 0)
        return bool(self._heard) or (bool(ready) and bool(self._line.recv(1, socket.MSG_PEEK)))
