"""Words of a header in ASCII (RFC 2047, RFC 5322 §3.2): what any text becomes, and what is taken out first."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator

#: RFC 2047 §2: at most 75 octets; the frame `=?utf-8?b??=` takes 12, and base64 fills groups of four.
_PAYLOAD = (75 - 12) // 4 * 3
_LONGEST = 300
_SPACES = re.compile(r" {2,}")

_ATEXT = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~ ")


def clean(text: str) -> str:
    """One line of visible text: controls, line ends and direction overrides become spaces, at most 300 characters.

    A name is written by its bearer: a CR or LF in it would write headers of its own (CVE-2024-6923).
    """
    kept = "".join(" " if _is_unwelcome(character) else character for character in text)
    return _SPACES.sub(" ", kept).strip()[:_LONGEST].strip()


def _is_unwelcome(character: str) -> bool:
    # Cc: controls; Cf: invisible formats, bidi overrides among them; Cs: lone surrogates; Zl, Zp: line separators.
    keep = character in "\u00ad\u200c\u200d"
    return not keep and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Co"}


def phrase(text: str) -> list[str]:
    """A display name (RFC 5322 §3.2.5) as the words a header may fold between."""
    name = clean(text)
    if not name.isascii() or "=?" in name:
        return list(encoded_words(name))
    if all(character in _ATEXT for character in name):
        return name.split()
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return [f'"{quoted}"'] if len(quoted) <= 70 else list(encoded_words(name))


def unstructured(text: str) -> list[str]:
    """A subject (RFC 5322 §3.2.5 "unstructured") as the words a header may fold between."""
    line = clean(text)
    plain = line.isascii() and "=?" not in line and all(len(word) <= 70 for word in line.split())
    return line.split() if plain else list(encoded_words(line))


def encoded_words(text: str) -> Iterator[str]:
    """RFC 2047 encoded-words of at most 75 octets each, none splitting a character."""
    part = b""
    for character in text:
        octets = character.encode("utf-8")
        if len(part) + len(octets) > _PAYLOAD:
            yield _word(part)
            part = b""
        part += octets
    yield _word(part)


def _word(octets: bytes) -> str:
    return f"=?utf-8?b?{b64encode(octets).decode()}?="
