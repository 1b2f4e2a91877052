"""Reading what a relay says (RFC 5321 §4.2), within a deadline."""

from __future__ import annotations

import re
import socket
import ssl
import time

_ADDRESS = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")
_LINE = re.compile(rb"([2-5]\d\d)(?:([ -])(.*))?\r?\Z", re.DOTALL)
_LINE_LIMIT, _LINES_LIMIT = 8192, 100


class OutOfStep(OSError):
    """The relay said something that is no reply, or not one to what we said; the line is of no more use."""


class ReplyReader:
    """The relay's half of one connection."""

    def __init__(self, line: socket.socket) -> None:
        """Read from here on; what was read ahead before belongs to another dialogue (RFC 3207 §4.2)."""
        self._line = line
        self._heard = bytearray()

    def next(self, patience: float) -> tuple[int, str]:
        """Code and text of the next whole reply, within `patience` real seconds.

        The text is one line, without addresses. Raises OSError when the line is lost, late or out of step.
        """
        deadline = time.monotonic() + patience
        texts: list[str] = []
        for _ in range(_LINES_LIMIT):
            line = _LINE.match(self._read_line(deadline))
            if line is None:
                raise OutOfStep("the relay's answer is not a reply")
            code, more, text = line.groups()
            texts.append((text or b"").decode("utf-8", "replace").strip())
            if more != b"-":
                return int(code), without_addresses(" ".join(filter(None, texts)))
        raise OutOfStep("the relay's reply has no end")

    @property
    def overheard(self) -> bool:
        """Whether something was read that nobody has asked for yet."""
        return bool(self._heard)

    def has_news(self) -> bool:
        """Whether the relay spoke or hung up though it was not asked; never waits."""
        if self._heard:
            return True
        self._line.settimeout(0)
        try:
            self._heard += self._line.recv(4096)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError:
            return True
        return True

    def _read_line(self, deadline: float) -> bytes:
        while (end := self._heard.find(b"\n")) < 0:
            if len(self._heard) > _LINE_LIMIT:
                raise OutOfStep("the relay's reply is too long a line")
            self._hear_more(deadline)
        words = bytes(self._heard[:end])
        del self._heard[: end + 1]
        return words

    def _hear_more(self, deadline: float) -> None:
        # A deadline, not a timeout per packet: a relay that drips one byte a minute would hold a worker for ever.
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("no reply in time")
        self._line.settimeout(left)
        more = self._line.recv(4096)
        if not more:
            raise ConnectionError("the relay hung up")
        self._heard += more


def without_addresses(text: str) -> str:
    """The text with every address in it blotted out: replies are kept and logged, addresses are not."""
    return _ADDRESS.sub("…@…", text) if "@" in text else text
