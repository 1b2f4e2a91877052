"""Signed tags: short, bound to a use, free of addresses, in lower-case base32 (local parts may be folded)."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from worker.domain.errors import InvalidKey
from worker.domain.message import MessageKey

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

#: Octets that SHA-256 takes at a time.
_BLOCK = 64
#: Characters of five bits each: 55 bits keep a return path within RFC 5321 §4.5.3.1.1's 64 octets even for the longest
#: key, and forging one only files a mail; 130 bits stand in what gives somebody a say.
SHORT, LONG = 11, 26
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
#: A character for each octet below 32.
_CHARACTERS = _ALPHABET.encode().ljust(256, b"\0")

Secrets = Sequence[bytes]


def _mask(bits: int, times: int) -> int:
    """So many groups of so many ones; what is moved apart takes eight bits where it had five."""
    return sum(((1 << bits) - 1) << bits // 5 * 16 * place for place in range(times))


#: The bits that move, for groups of 80 bits down to those of five, and what moves them: so many times what they are.
(_OF_80, _BY_80), (_OF_40, _BY_40), (_OF_20, _BY_20), (_OF_10, _BY_10), (_OF_5, _BY_5) = (
    (_mask(bits, times) << bits, (1 << bits // 5 * 3) - 1)
    for bits, times in ((80, 1), (40, 2), (20, 4), (10, 8), (5, 16))
)


class Use(StrEnum):
    """What a tag is good for; a tag of one use is worth nothing in another."""

    RETURN_PATH = "return-path"
    UNSUBSCRIBE = "unsubscribe"
    PAGE = "page"
    RSVP = "rsvp"
    ANSWER = "answer"
    UID = "uid"
    INTRODUCTION = "introduction"
    ADDRESS = "address"


def tag(use: Use, text: str, secret: bytes, *, length: int = LONG) -> str:
    """The signature of a text for one use."""
    inner, outer = _halves(secret)
    message, seal = inner.copy(), outer.copy()
    message.update(f"{use}:{text}".encode())
    seal.update(message.digest())
    return base32(seal.digest(), length)


# What a signature takes from the secret alone is the same for every tag. `hmac` does the same in twice the time, and
# one mail has five tags.
@lru_cache(maxsize=16)
def _halves(secret: bytes) -> tuple[Hash, Hash]:
    """HMAC's inner and outer hash (RFC 2104 §2) as the secret leaves them."""
    key = (secret if len(secret) <= _BLOCK else sha256(secret).digest()).ljust(_BLOCK, b"\0")
    inner, outer = (sha256(bytes([octet ^ pad for octet in key])) for pad in (0x36, 0x5C))
    return inner, outer


def base32(digest: bytes, length: int = 32) -> str:
    """The first characters, 32 at most, of a SHA-256 in lower-case base32 (RFC 4648 §6).

    The standard library's takes three times as long.
    """
    number = int.from_bytes(digest[:20], "big")
    # Halves move apart until five bits stand in each octet.
    number += (number & _OF_80) * _BY_80
    number += (number & _OF_40) * _BY_40
    number += (number & _OF_20) * _BY_20
    number += (number & _OF_10) * _BY_10
    number += (number & _OF_5) * _BY_5
    return number.to_bytes(32, "big").translate(_CHARACTERS)[:length].decode()


def is_signed(use: Use, text: str, given: str, secrets: Secrets, *, length: int = LONG) -> bool:
    """Whether any of our secrets signed it, compared in constant time and without regard to case."""
    if not (text.isascii() and given.isascii()):
        return False
    shown = given.lower().encode()
    matches = [
        hmac.compare_digest(tag(use, text, secret, length=length).encode(), shown) for secret in secrets
    ]
    return any(matches)


def return_path(key: MessageKey, secrets: Secrets) -> str:
    """The local part of a message's envelope sender (VERP): `b-<key>-<tag>`, at most 64 octets."""
    return f"b-{key}-{tag(Use.RETURN_PATH, str(key), secrets[0], length=SHORT)}"


def read_return_path(local_part: str, secrets: Secrets) -> MessageKey | None:
    """The message that came back to this local part; None when we never signed it."""
    lowered = local_part.lower()
    text, _, given = lowered.removeprefix("b-").rpartition("-")
    if not lowered.startswith("b-") or not is_signed(Use.RETURN_PATH, text, given, secrets, length=SHORT):
        return None
    try:
        return MessageKey.parse(text)
    except InvalidKey:
        return None


def signed(use: Use, text: str, secrets: Secrets) -> str:
    """A text with its tag, `<text>.<tag>`, to stand in a link or an address."""
    return f"{text}.{tag(use, text, secrets[0])}"


def read_signed(use: Use, token: str, secrets: Secrets) -> str | None:
    """The text of a token made for this use; None when we never signed it. Never expires; survives a change of key."""
    text, _, given = token.lower().rpartition(".")
    return text if is_signed(use, text, given, secrets) else None


class WayOut(NamedTuple):
    """What an unsubscribe token says: this person wants no more mails of this purpose from this series."""

    series: str
    purpose: str
    person: str


def way_out_token(way: WayOut, secrets: Secrets) -> str:
    """The token of one mail's unsubscribe link."""
    return signed(Use.UNSUBSCRIBE, f"{way.series}.{way.purpose}.{way.person}", secrets)


def read_way_out(token: str, secrets: Secrets) -> WayOut | None:
    """Who wants out of what; None when we never signed it. Good for ever: the law knows no last day."""
    parts = (read_signed(Use.UNSUBSCRIBE, token, secrets) or "").split(".")
    return WayOut(*parts) if len(parts) == 3 else None


def introduction_token(edition: str, person: str, secrets: Secrets) -> str:
    """The token of the page on which this person answers what they were asked about others in this edition."""
    return signed(Use.INTRODUCTION, f"{edition}.{person}", secrets)


def read_introduction(token: str, secrets: Secrets) -> tuple[str, str] | None:
    """The edition and the person; None when we never signed it."""
    edition, _, person = (read_signed(Use.INTRODUCTION, token, secrets) or "").partition(".")
    return (edition, person) if person else None
