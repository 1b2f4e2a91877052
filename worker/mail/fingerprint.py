"""An address as a keyed fingerprint: enough to recognise it again, useless without the key."""

from __future__ import annotations

from functools import lru_cache

from worker.domain.address import normalise
from worker.mail.tokens import Use, tag

#: 130 bits are out of reach of guessing; 50 bits tell a million people apart (one collision in 2,000 such lists).
_LENGTH, _SHORT = 26, 10


# One mail asks for it when it is gathered and again at the gate.
@lru_cache(maxsize=1024)
def fingerprint(address: str, pepper: bytes) -> str:
    """HMAC-SHA256 of the normalised address, as 26 of a-z2-7. Raises InvalidAddress.

    Plain SHA-256 could be guessed from a list of addresses; the pepper lives outside the ledger.
    """
    return tag(Use.ADDRESS, normalise(address), pepper, length=_LENGTH)


def person_id(printed: str) -> str:
    """The short form that names a person in message keys."""
    return printed[:_SHORT]
