"""What of an error that nobody foresaw may be written down: where it happened and what it is, never of whom it speaks.

A library says what it could not digest, and that may be somebody's name; logs are read by many and kept for long.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from types import TracebackType

#: Libraries that speak of lines and servers, and know nobody. Of the rest not a word is kept.
_OF_MACHINES = frozenset(
    {"amqp", "billiard", "celery", "kombu", "redbeat", "redis", "smtplib", "socket", "ssl"}
)
_ADDRESS = re.compile(r"[^\s<>'\"]+@[^\s<>'\"]+")


def told_of(error: BaseException, frames: TracebackType | None = None) -> str:
    """A traceback without anybody's words, and those of the errors that led to it."""
    return "\n".join(_told(error, frames or error.__traceback__))


def _told(error: BaseException, frames: TracebackType | None) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before, before.__traceback__)
        yield "which led to:"
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(frames)).rstrip("\n")
    yield in_short(error)


def in_short(error: BaseException) -> str:
    """Its kind, and what it says where that speaks of machines."""
    kind = type(error)
    known = isinstance(error, OSError) or kind.__module__.partition(".")[0] in _OF_MACHINES
    words = without_addresses(str(error)) if known else "(what it says may name somebody: not kept)"
    return f"{kind.__qualname__}: {words}"


def without_addresses(text: str) -> str:
    """The text with a word in place of every address."""
    return _ADDRESS.sub("(address)", text) if "@" in text else text
