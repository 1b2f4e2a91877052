"""A mail address: split, fold for comparison, mask for a screen."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from worker.domain.errors import InvalidAddress


def normalise(address: str) -> str:
    """The form under which two spellings are one mailbox: NFC, trimmed, lower-case, IDNA domain.

    RFC 5321 §2.4 lets a host tell upper from lower case in the local part; no known mailbox
    provider does, and people type their own address in both. Raises InvalidAddress.
    """
    local, at, domain = unicodedata.normalize("NFC", address).strip().rpartition("@")
    if not at or not local or not domain:
        raise InvalidAddress(f"{address!r} is not an address: write name@domain")
    return f"{local.lower()}@{_ascii_domain(domain, address)}"


def _ascii_domain(domain: str, address: str) -> str:
    try:
        return domain.lower().encode("idna").decode("ascii")
    except UnicodeError as error:
        raise InvalidAddress(f"{address!r} has a domain that cannot be written in DNS") from error


def mask(address: str) -> str:
    """Enough for its owner to recognise, too little for anybody else: `z…@example.org`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


@dataclass(frozen=True, slots=True)
class Judged:
    """An address as somebody typed it: usable, or with what is wrong."""

    address: str
    problem: str
