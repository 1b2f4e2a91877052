"""What a machine wrote down of refusals, beside the ledger: a restored backup must not forget that somebody said stop.

A line is words: `stop FINGERPRINT SCOPE CAUSE SINCE UNTIL` or `lift FINGERPRINT SCOPE MOMENT`. Fingerprints only,
never an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from worker.domain.suppression import EVERYTHING, Cause, Suppression

STOP, LIFT = "stop", "lift"
_NEVER = "-"


@dataclass(frozen=True, slots=True)
class Lift:
    """A refusal that was taken back, and why; the reason stays in the ledger."""

    fingerprint: str
    scope: str
    at: datetime
    because: str = ""

    @property
    def field(self) -> str:
        """As of a suppression."""
        return f"{self.fingerprint}/{self.scope}"


Told = Suppression | Lift


def stop_line(refusal: Suppression) -> str:
    """The line of a refusal; its note is not written down, people write all sorts of things into notes."""
    since, until = refusal.since.isoformat(), refusal.until.isoformat() if refusal.until else _NEVER
    return f"{STOP} {refusal.fingerprint} {refusal.scope} {refusal.cause} {since} {until}"


def lift_line(lift: Lift) -> str:
    """The line of one taken back."""
    return f"{LIFT} {lift.fingerprint} {lift.scope} {lift.at.isoformat()}"


def read_refusals(lines: Iterable[str]) -> Iterator[Told]:
    """What these lines tell, in their order; a line torn by a crash tells nothing."""
    for line in lines:
        kind, *words = line.split() or [""]
        try:
            if kind == STOP:
                yield _refusal(*words)
            elif kind == LIFT:
                fingerprint, scope, at = words
                yield Lift(fingerprint, scope, datetime.fromisoformat(at))
        except (ValueError, TypeError):
            continue


def _refusal(fingerprint: str, scope: str, cause: str, since: str, until: str) -> Suppression:
    ends = None if until == _NEVER else datetime.fromisoformat(until)
    return Suppression(fingerprint, Cause(cause), datetime.fromisoformat(since), scope, until=ends)


def last_words(told: Iterable[Told]) -> tuple[Told, ...]:
    """The last word in each scope of each address, by its moment."""
    last: dict[str, Told] = {}
    for one in sorted(told, key=_moment):
        last[one.field] = one
    return tuple(last.values())


def erased(told: Iterable[Told]) -> frozenset[str]:
    """The fingerprints of those who asked to be forgotten, and did not come back since."""
    gone: set[str] = set()
    for one in sorted(told, key=_moment):
        if isinstance(one, Lift) and one.scope == EVERYTHING:
            gone.discard(one.fingerprint)
        elif isinstance(one, Suppression) and one.cause is Cause.ERASED:
            gone.add(one.fingerprint)
    return frozenset(gone)


def _moment(one: Told) -> datetime:
    return one.at if isinstance(one, Lift) else one.since
