"""Reading what a relay says (RFC 5321 §4.2), within a deadline."""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections import deque
from functools import lru_cache

from worker.adapters.respite import ENDLESS, Respite
from worker.domain.reply import Phase, Reply

_ADDRESS = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")
_LINE = re.compile(rb"([2-5]\d\d)(?:([ -])(.*))?\r?\Z", re.DOTALL)
_LINE_LIMIT, _LINES_LIMIT = 8192, 100

#: Real seconds between two looks at whether we have to leave.
_GLANCE = 0.2


class OutOfStep(OSError):
    """The relay said something that is no reply, or not one to what we said; the line is of no more use."""


class LeftUnanswered(OSError):
    """We had to leave before the relay answered. It did nothing wrong."""


def unanswered(phase: Phase, lost: OSError) -> Reply:
    """In place of a reply: the line was lost, or we had to leave (before the final dot: nothing was handed over)."""
    if isinstance(lost, LeftUnanswered):
        return Reply(Phase.STOPPED if phase is Phase.DOT else Phase.GATE, text=str(lost))
    return Reply(phase, text=str(lost) or type(lost).__name__)


class ReplyReader:
    """The relay's half of one connection."""

    def __init__(self, line: socket.socket, respite: Respite = ENDLESS) -> None:
        """Read from here on; what was read ahead before belongs to another dialogue (RFC 3207 §4.2)."""
        self._line, self._respite = line, respite
        self._heard, self._lines = b"", deque[bytes]()

    def next(self, patience: float) -> tuple[int, str]:
        """Code and text of the next whole reply, within `patience` real seconds.

        The text is one line, without addresses. Raises OSError when the line is lost, late or out of step, or when
        we have to leave.
        """
        line = self._lines.popleft() if self._lines else self._next_line(time.monotonic() + patience)
        code, text, goes_on = _read(line)
        return self._whole(text, time.monotonic() + patience) if goes_on else (code, text)

    def _whole(self, text: str, deadline: float) -> tuple[int, str]:
        texts = [text]
        for _ in range(_LINES_LIMIT):
            code, text, goes_on = _read(self._next_line(deadline))
            texts.append(text)
            if not goes_on:
                return code, " ".join(filter(None, texts))
        raise OutOfStep("the relay's reply has no end")

    @property
    def overheard(self) -> bool:
        """Whether something was read that nobody has asked for yet."""
        return bool(self._heard or self._lines)

    def has_news(self) -> bool:
        """Whether the relay spoke or hung up though it was not asked; never waits."""
        if self.overheard:
            return True
        self._line.settimeout(0)
        try:
            self._heard += self._line.recv(4096)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError:
            return True
        return True

    def _next_line(self, deadline: float) -> bytes:
        while not self._lines:
            *whole, self._heard = self._heard.split(b"\n")
            self._lines.extend(whole)
            if not whole:
                if len(self._heard) > _LINE_LIMIT:
                    raise OutOfStep("the relay's reply is too long a line")
                self._hear_more(deadline)
        return self._lines.popleft()

    def _hear_more(self, deadline: float) -> None:
        # A deadline, not a timeout per packet: a relay that drips one byte a minute would hold a worker for ever.
        wait_until(self._line, deadline, self._respite)
        try:
            more = self._line.recv(4096)
        except TimeoutError:
            return
        if not more:
            raise ConnectionError("the relay hung up")
        self._heard += more


def wait_until(line: socket.socket, deadline: float, respite: Respite) -> None:
    """What is asked of the line next waits until the next look, and not beyond the deadline (monotonic).

    Raises LeftUnanswered when we have to leave, TimeoutError when the deadline is over. A wait that is the same as the
    last one costs no call of the system.
    """
    rest, left = respite.left(), deadline - time.monotonic()
    if rest <= 0:
        raise LeftUnanswered("we had to stop before the relay answered")
    if left <= 0:
        raise TimeoutError("the relay took too long")
    wait = min(left, rest, _GLANCE)
    if line.gettimeout() != wait:
        line.settimeout(wait)


# A relay says the same few things again and again.
@lru_cache(maxsize=256)
def _read(line: bytes) -> tuple[int, str, bool]:
    """Code and text of one line without addresses, and whether the reply goes on."""
    found = _LINE.match(line)
    if found is None:
        raise OutOfStep("the relay's answer is not a reply")
    code, more, text = found.groups()
    said = (text or b"").decode("utf-8", "replace").strip()
    return int(code), without_addresses(said), more == b"-"


def without_addresses(text: str) -> str:
    """The text with every address in it blotted out: replies are kept and logged, addresses are not."""
    return _ADDRESS.sub("…@…", text) if "@" in text else text
