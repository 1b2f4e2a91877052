"""The breaker's arithmetic, and which replies say that we are too much for the relay."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum

from worker.domain.reply import Phase, Reply

_WAITS = tuple(timedelta(seconds=s) for s in (5, 15, 60, 300))

#: Real time one worker has for the trial letter after a wait of the breaker, before another may try.
TRIAL = timedelta(seconds=30)

#: Real time after which the connection of a silent worker counts no more, or one that waited in vain for its own.
SLOT = timedelta(seconds=30)

#: The most connections that one worker has beside each other.
MOST_ABREAST = 8


#: A moment further off than this is from a clock that was put back.
LONGEST_WAIT = _WAITS[-1]


def breaker_wait(failures: int) -> timedelta:
    """The wait after so many failures in a row (1 or more); stays at five minutes."""
    return _WAITS[min(failures, len(_WAITS)) - 1]


def breaker_waits() -> tuple[timedelta, ...]:
    """All of them, the shortest first."""
    return _WAITS


class Strain(StrEnum):
    """Of what the relay has too much."""

    RATE = "rate"
    CONNECTIONS = "connections"


_GREYLISTED = re.compile(r"gr[ea]y[- ]?list", re.IGNORECASE)
_TOO_FAST = re.compile(r"\brate\b|too many|too much|too fast|throttl|slow down", re.IGNORECASE)
_TOO_MANY_LINES = re.compile(
    r"(too many|concurrent|simultaneous|parallel).{0,40}(connection|session)", re.IGNORECASE
)

#: System not accepting network messages, mail system congestion, security or policy (RFC 3463 §3.4, §3.5, §3.8).
_LOADED = re.compile(r"4\.(3\.2|4\.5|7\.\d+)\Z")


def strain(reply: Reply) -> Strain | None:
    """What this reply asks us to have less of; None for a refusal that is about one letter, as greylisting is."""
    if not _may_be_strain(reply):
        return None
    if _TOO_MANY_LINES.search(reply.text):
        return Strain.CONNECTIONS
    if reply.phase is Phase.CONNECT and reply.enhanced == "4.7.0":
        return Strain.CONNECTIONS
    strained = reply.code == 421 or _LOADED.match(reply.enhanced) or _TOO_FAST.search(reply.text)
    return Strain.RATE if strained else None


def _may_be_strain(reply: Reply) -> bool:
    return reply.code in (421, 450, 451, 452) and not _GREYLISTED.search(reply.text)
