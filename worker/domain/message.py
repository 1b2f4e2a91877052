"""The one key that names a message everywhere, and the letter that is handed over for it."""

from __future__ import annotations

import re
from functools import lru_cache

from worker.domain.errors import InvalidKey
from worker.domain.value import value

_PART = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\Z")
_ROUND = re.compile(r"-\d+\Z")

#: Longest parts, so that the signed return path stays within RFC 5321 §4.5.3.1.1's 64 octets.
EDITION_LIMIT, STEP_LIMIT, PERSON_LIMIT = 20, 16, 12


# Asked some ten times for each mail, of very few steps.
@lru_cache(maxsize=1024)
def without_round(step: str) -> str:
    """The name of a step in the sequence: `update` for `update-2`."""
    return _ROUND.sub("", step) if "-" in step else step


def _is_part(part: str, limit: int) -> bool:
    """Most have no '-', and need no pattern."""
    plain = part.isascii() and part.isalnum() and part == part.lower()
    return len(part) <= limit and (plain or _PART.match(part) is not None)


# A batch names the same edition and step again and again, and few people twice.
@lru_cache(maxsize=1024)
def _are_parts(edition: str, step: str) -> bool:
    return _is_part(edition, EDITION_LIMIT) and _is_part(step, STEP_LIMIT)


@value(frozen=True, slots=True, order=True)
class MessageKey:
    """`<edition>.<step>[-<n>].<person>`: Redis field, log word, left side of the Message-ID, tag of the return path.

    Deterministic, so planning twice is harmless; free of addresses, so it may be logged.
    """

    edition: str
    step: str
    person: str

    def __post_init__(self) -> None:
        """Refuse parts that could not stand in an address or a log line (InvalidKey)."""
        if _are_parts(self.edition, self.step) and _is_part(self.person, PERSON_LIMIT):
            return
        limits = ((self.edition, EDITION_LIMIT), (self.step, STEP_LIMIT), (self.person, PERSON_LIMIT))
        for part, limit in limits:
            if not _is_part(part, limit):
                raise InvalidKey(
                    f"{part!r} cannot be part of a message key: use 1 to {limit} of a-z, 0-9 and '-'"
                )

    def __str__(self) -> str:
        """The key as it stands in Redis, logs and headers."""
        return f"{self.edition}.{self.step}.{self.person}"

    @classmethod
    def parse(cls, text: str) -> MessageKey:
        """The key written as `text`; InvalidKey when it is not one."""
        parts = text.split(".")
        if len(parts) != 3:
            raise InvalidKey(f"{text!r} is not a message key: write <edition>.<step>.<person>")
        return cls(*parts)

    @property
    def step_name(self) -> str:
        """The step without its round: `update-2` is a mail of the step `update`."""
        return without_round(self.step)

    def message_id(self, domain: str) -> str:
        """RFC 5322 §3.6.4 msg-id, the same in every attempt."""
        return f"<{self}@{domain}>"


@value(frozen=True, slots=True)
class Envelope:
    """RFC 5321 §2.3.1: who hands it over and who is to get it. Not the headers."""

    mail_from: str
    rcpt_to: str


@value(frozen=True, slots=True)
class Letter:
    """One composed mail: its key, its envelope, its bytes (CRLF lines, not dot-stuffed) in pieces.

    The mails of a step share most of their pieces, and hundreds are in hand: each is whole only while somebody looks at
    it. Letters of the same bytes are equal, however they are cut.

    `is_transparent` when the bytes are known to travel as they are (RFC 5321 §4.5.2): every break is a CRLF, the last
    one ends the content, and no line begins with a dot.
    """

    key: MessageKey
    envelope: Envelope
    pieces: tuple[bytes, ...]
    is_transparent: bool = False

    def __eq__(self, other: object) -> bool:
        """By what it says, to whom."""
        return isinstance(other, Letter) and self._said == other._said

    def __hash__(self) -> int:
        """By its key."""
        return hash(self.key)

    @property
    def _said(self) -> tuple[MessageKey, Envelope, bytes]:
        return self.key, self.envelope, self.content

    @property
    def content(self) -> bytes:
        """All of it."""
        return b"".join(self.pieces)

    @property
    def size(self) -> int:
        """How many octets it has."""
        return sum(map(len, self.pieces))
