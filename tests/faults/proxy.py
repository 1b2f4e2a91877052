"""A TCP line to Redis that breaks when told: cut at a command, a reply lost, held back, or silence without a FIN.

>>> with Proxy("127.0.0.1", port) as proxy:
...     proxy.tell(Trouble(b"BRPOP", Deed.CUT, times=3))
...     redis = Redis(port=proxy.port)
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Self

_PIECE = 65536


class Side(Enum):
    """Who says the words that a trouble waits for."""

    CLIENT = auto()
    SERVER = auto()


class Deed(Enum):
    """What happens when the words pass.

    CUT swallows them and closes the line; PASS_THEN_CUT lets them through first (from the client: the command is
    carried out and its reply lost); HOLD keeps them, and all that follows on that half of the line, until `release`.
    """

    CUT = auto()
    PASS_THEN_CUT = auto()
    HOLD = auto()


@dataclass(frozen=True, slots=True)
class Trouble:
    """At these words, in any case of letters, do this, so many times (0 = always)."""

    words: bytes
    do: Deed
    times: int = 1
    side: Side = Side.CLIENT

    def fits(self, words: bytes, side: Side, done: int) -> bool:
        """Whether these words set it off, after so many times."""
        return (
            self.side is side
            and self.words.upper() in words.upper()
            and (not self.times or done < self.times)
        )


class Proxy:
    """Listens on a free port of loopback while its `with` block lasts, and forwards to one server.

    `heard` is everything clients said, and `done` counts what was carried out, in the order of `tell`.
    """

    host = "127.0.0.1"

    def __init__(self, host: str, port: int) -> None:
        """Forward to this server."""
        self._server = (host, port)
        self._lock = threading.Lock()
        self._open, self._released = threading.Event(), threading.Event()
        self._open.set()
        self._lines: set[_Line] = set()
        self.heard: list[bytes] = []
        self._troubles: list[Trouble] = []
        self.done: list[int] = []

    def __enter__(self) -> Self:
        """Listen; `port` is known from here on."""
        self._door = socket.create_server((self.host, 0), backlog=512)
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._welcome, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Cut every line and stop."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._open.set()
        self._released.set()
        self.cut()

    def tell(self, trouble: Trouble) -> None:
        """Wait for these words from now on."""
        with self._lock:
            self._troubles.append(trouble)
            self.done.append(0)

    def calm(self) -> None:
        """No trouble any more."""
        with self._lock:
            self._troubles, self.done = [], []

    def cut(self) -> None:
        """Close every line there is now."""
        for line in list(self._lines):
            line.close()

    def strand(self) -> None:
        """Every line there is now falls silent for good, without a FIN; new ones work. Half-open TCP."""
        for line in list(self._lines):
            line.stranded.set()

    def freeze(self) -> None:
        """Nothing passes on any line, new ones included, until `thaw`."""
        self._open.clear()

    def thaw(self) -> None:
        """Lines live again, and what was said meanwhile arrives."""
        self._open.set()

    def release(self) -> None:
        """Let pass what was held back; later words are held no more."""
        self._released.set()

    def judge(self, words: bytes, side: Side) -> Deed | None:
        """What is to be done at these words, counted as done."""
        with self._lock:
            if side is Side.CLIENT:
                self.heard.append(words)
            for number, trouble in enumerate(self._troubles):
                if trouble.fits(words, side, self.done[number]):
                    self.done[number] += 1
                    return trouble.do
        return None

    def wait_until_open(self) -> None:
        """Through a frost."""
        self._open.wait()

    def wait_until_released(self) -> None:
        """Through a hold."""
        self._released.wait()

    def forget(self, line: _Line) -> None:
        """It is closed."""
        self._lines.discard(line)

    def _welcome(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                self.wait_until_open()
                try:
                    far = socket.create_connection(self._server, timeout=5)
                except OSError:
                    near.close()
                    continue
                far.settimeout(None)
                line = _Line(self, near, far)
                self._lines.add(line)
                line.start()


class _Line:
    """Both halves of one connection."""

    def __init__(self, proxy: Proxy, near: socket.socket, far: socket.socket) -> None:
        self._proxy, self._near, self._far = proxy, near, far
        self.stranded, self._closed = threading.Event(), threading.Event()
        for end in (near, far):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def start(self) -> None:
        """Forward both ways, each in a thread of its own."""
        for ends in ((self._near, self._far, Side.CLIENT), (self._far, self._near, Side.SERVER)):
            threading.Thread(target=self._forward, args=ends, daemon=True).start()

    def close(self) -> None:
        """Hang up on both sides; a stranded line must not, so that neither side hears of it."""
        self._closed.set()
        for end in (self._near, self._far):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._proxy.forget(self)

    def _forward(self, source: socket.socket, target: socket.socket, side: Side) -> None:
        with suppress(OSError):
            while words := source.recv(_PIECE):
                self._proxy.wait_until_open()
                if self.stranded.is_set():
                    continue
                if not self._pass(words, target, side):
                    break
        if self.stranded.is_set():
            self._closed.wait()
        else:
            self.close()

    def _pass(self, words: bytes, target: socket.socket, side: Side) -> bool:
        """Whether the line goes on."""
        deed = self._proxy.judge(words, side)
        if deed is Deed.HOLD:
            self._proxy.wait_until_released()
        if deed is not Deed.CUT:
            target.sendall(words)
        return deed in (None, Deed.HOLD)
