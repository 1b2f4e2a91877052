"""Whether clocks may be believed: this machine's, the ledger server's, and the one that only ever runs.

A server that jumped ahead would send early, so what is not agreed upon holds the worker that sees it: a server's jump
is seen by all of them, one machine's by its own worker alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: Real seconds without a fault after which clocks are believed again.
CALM = 30.0

#: A steady clock is steered too: at most so much of the time between two readings (adjtimex: 500 ppm, twice over).
_STEERING = 0.001


class Fault(StrEnum):
    """What is wrong with clocks."""

    SERVER_JUMPED = "server_jumped"
    OURS_JUMPED = "ours_jumped"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Reading:
    """Three clocks at one instant, in real seconds: two since 1970, `steady` since anything.

    `within` is how far from the others the server's may have been read: half of its round trip.
    """

    ours: float
    server: float
    steady: float
    within: float = 0.0


@dataclass(frozen=True, slots=True)
class Trust:
    """What was read last, what is wrong (None: nothing), by how many seconds (ahead > 0), and since when it is calm."""

    reading: Reading | None = None
    fault: Fault | None = None
    by: float = 0.0
    calm_since: float | None = None


def judge(before: Trust, reading: Reading, tolerance: float) -> Trust:
    """What to think after one more reading; a fault lasts until clocks have agreed for `CALM` real seconds."""
    fault, by = _fault(before.reading, reading, tolerance)
    if fault:
        return Trust(reading, fault, by)
    if before.fault is None:
        return Trust(reading)
    since = reading.steady if before.calm_since is None else before.calm_since
    if reading.steady - since >= CALM:
        return Trust(reading)
    return Trust(reading, before.fault, before.by, since)


def _fault(last: Reading | None, reading: Reading, tolerance: float) -> tuple[Fault | None, float]:
    if last:
        gone = reading.steady - last.steady
        allowed = tolerance + _STEERING * gone
        if abs(jump := reading.server - last.server - gone) > allowed + reading.within + last.within:
            return Fault.SERVER_JUMPED, jump
        if abs(jump := reading.ours - last.ours - gone) > allowed:
            return Fault.OURS_JUMPED, jump
    apart = reading.ours - reading.server
    return (Fault.APART, apart) if abs(apart) > tolerance + reading.within else (None, 0.0)
