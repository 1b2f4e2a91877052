"""A mail that was kept as it came: who wrote it and what, for whoever answers."""

from __future__ import annotations

from dataclasses import dataclass

from worker.domain.errors import ComposeFailed
from worker.mail.headers import addr_spec
from worker.mail.own_words import own_words
from worker.mail.received_mail import take_apart


@dataclass(frozen=True, slots=True)
class Told:
    """`writer` is a bare address that can be answered, or ""; `words` what they wrote themselves."""

    writer: str = ""
    words: str = ""


def read_original(raw: bytes) -> Told:
    """Whatever can be read; never an exception."""
    try:
        mail = take_apart(raw)
        writers = [*mail.addresses("reply-to"), *mail.addresses("from")]
        return Told(next((w for w in writers if _is_address(w)), ""), own_words(mail))
    except Exception:  # noqa: BLE001 - as in `reading`: hostile MIME makes the parser raise anything
        return Told()


def _is_address(text: str) -> bool:
    try:
        addr_spec(text)
    except ComposeFailed:
        return False
    return True
