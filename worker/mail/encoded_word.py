"""Words of a header in ASCII (RFC 2047, RFC 5322 §3.2): what any text becomes, and what is taken out first."""

from __future__ import annotations

import re
import unicodedata
from binascii import b2a_base64
from collections.abc import Iterator
from functools import lru_cache

#: RFC 2047 §2 allows words of 75 octets on lines of 76: words of 64 also fit beside the longest name of a header of
#: ours, on its first line.
_WORD = 64
#: The frame `=?utf-8?b??=` takes 12, and base64 fills groups of four.
_PAYLOAD = (_WORD - 12) // 4 * 3
_LONGEST = 300
_SPACES = re.compile(r" {2,}")
_UNWELCOME = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Co"})

_ATEXT = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~ ")


def clean(text: str) -> str:
    """One line of visible text: controls, line ends and direction overrides become spaces, at most 300 characters.

    A name is written by its bearer: a CR or LF in it would write headers of its own (CVE-2024-6923).
    """
    kept = text if text.isprintable() else "".join(map(_welcome, text))
    apart = _SPACES.sub(" ", kept) if "  " in kept else kept
    return apart.strip()[:_LONGEST].strip()


def _welcome(character: str) -> str:
    # Cc: controls; Cf: invisible formats, bidi overrides among them; Cs: lone surrogates; Zl, Zp: line separators.
    # Python finds none of them printable (`str.isprintable`).
    keep = character in "\u00ad\u200c\u200d"
    return character if keep or unicodedata.category(character) not in _UNWELCOME else " "


# One host signs a whole campaign.
@lru_cache(maxsize=256)
def phrase(text: str) -> tuple[str, ...]:
    """A display name (RFC 5322 §3.2.5) as the words a header may fold between."""
    name = clean(text)
    if not name.isascii():
        return tuple(encoded_words(name))
    if _ATEXT.issuperset(name) and _stands(name):
        return tuple(name.split())
    quoted = '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"'))
    return (quoted,) if len(quoted) <= _WORD and _stands(name) else tuple(encoded_words(name))


def unstructured(text: str) -> list[str]:
    """A subject (RFC 5322 §3.2.5 "unstructured") as the words a header may fold between."""
    line = clean(text)
    return line.split() if _stands(line) else list(encoded_words(line))


def _stands(text: str) -> bool:
    """Whether it may stand as it is: ASCII, nothing that reads as an encoded-word, no word too long to fold."""
    return text.isascii() and "=?" not in text and all(len(word) <= _WORD for word in text.split())


def encoded_words(text: str) -> Iterator[str]:
    """RFC 2047 encoded-words of at most 64 octets each, none splitting a character."""
    whole = text.encode("utf-8")
    if len(whole) <= _PAYLOAD:
        yield _word(whole)
        return
    part = b""
    for character in text:
        octets = character.encode("utf-8")
        if len(part) + len(octets) > _PAYLOAD:
            yield _word(part)
            part = b""
        part += octets
    yield _word(part)


def _word(octets: bytes) -> str:
    return f"=?utf-8?b?{b2a_base64(octets, newline=False).decode()}?="
