"""Do not write to this address: who said so, about what, and how the gate asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

EVERYTHING = "all"
#: A rest from everything but what has happened to an invitation; it ends by itself.
PAUSE = "pause"


class Cause(StrEnum):
    """Why an address is suppressed."""

    UNSUBSCRIBED = "unsubscribed"
    COMPLAINT = "complaint"
    ADDRESS_BAD = "address_bad"
    BY_HAND = "by_hand"
    ERASED = "erased"


#: Only the person's own act lifts these.
THEIR_OWN_ACT = frozenset({Cause.UNSUBSCRIBED, Cause.COMPLAINT})


@dataclass(frozen=True, slots=True)
class Suppression:
    """One refusal. `fingerprint` is the keyed HMAC of the normalised address, never the address.

    `scope` is "all", "pause", "series:<id>" or "purpose:<name>". One with `until` stands no longer then.
    """

    fingerprint: str
    cause: Cause
    since: datetime
    scope: str = EVERYTHING
    note: str = ""
    until: datetime | None = None

    def stands_at(self, now: datetime) -> bool:
        """Whether it has not ended by itself."""
        return self.until is None or now < self.until

    def outweighs(self, standing: Suppression | None) -> bool:
        """Whether to keep this one in place of what stands: the first word, or a person's own act over another's.

        Of two that end, the one that ends later.
        """
        if standing is None:
            return True
        if self.until and standing.until:
            return self.until > standing.until
        return self.cause in THEIR_OWN_ACT and standing.cause not in THEIR_OWN_ACT

    @property
    def field(self) -> str:
        """Where the ledger keeps it."""
        return f"{self.fingerprint}/{self.scope}"


def barring(*, series: str, purpose: str) -> tuple[str, ...]:
    """Every scope that forbids such a mail: everything, this series, this purpose, a pause."""
    return (EVERYTHING, f"series:{series}", f"purpose:{purpose}", PAUSE)


def scopes(fingerprint: str, *, series: str, purpose: str) -> tuple[str, ...]:
    """Every field whose presence forbids this mail."""
    return tuple([fingerprint + scope for scope in _forbidding(series, purpose)])


@lru_cache(maxsize=64)
def _forbidding(series: str, purpose: str) -> tuple[str, ...]:
    return tuple(f"/{scope}" for scope in barring(series=series, purpose=purpose))
