"""Writing to a relay, and knowing afterwards how much of it may have left."""

from __future__ import annotations

import math
import socket
import ssl
import time

from worker.adapters.respite import ENDLESS, Respite
from worker.adapters.smtp_replies import wait_until

_BLOCK = 65536


class Pen:
    """Our half of one connection; `gone` is how many octets of the last writing may be on their way."""

    def __init__(self, line: socket.socket, respite: Respite = ENDLESS) -> None:
        """Write on this line, until we have to leave."""
        self._line, self._respite = line, respite
        self.gone = 0

    def write(self, words: bytes, patience: float, until: float = math.inf) -> None:
        """All of it: each block within `patience` real seconds, none begun after `until` (monotonic); else OSError.

        What the relay says meanwhile cannot stop us both (RFC 2920 §3.1): a writing holds the commands of one letter,
        and the replies to them fit any receive buffer many times over.
        """
        self.gone, rest = 0, memoryview(words)
        while rest:
            deadline = min(time.monotonic() + patience, until)
            rest = rest[self._hand(rest[:_BLOCK], deadline) :]

    def _hand(self, block: memoryview, deadline: float) -> int:
        wait_until(self._line, deadline, self._respite)  # when this refuses, nothing of it has left
        try:
            taken = self._send(block, deadline)
        except OSError:
            # A system that refuses a block has none of it. TLS cuts a block into records, and some may have left.
            self.gone += len(block) if isinstance(self._line, ssl.SSLSocket) else 0
            raise
        self.gone += taken
        return taken

    def _send(self, block: memoryview, deadline: float) -> int:
        while True:
            try:
                return self._line.send(block)
            except TimeoutError:
                wait_until(self._line, deadline, self._respite)
