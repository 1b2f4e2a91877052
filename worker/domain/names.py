"""Names as people would write them: first name found, shouting and whispering repaired, titles left out."""

from __future__ import annotations

import re

_TITLES = frozenset({"m", "mr", "mme", "mlle", "dr", "pr", "me", "mrs", "ms", "prof"})
_PARTICLES = frozenset({"de", "du", "des", "d", "la", "le", "von", "van", "der", "da", "di", "el", "ben"})
_LETTERS = re.compile(r"[^\W\d_]+")


def whole_name(first: str, last: str, whole: str) -> tuple[str, str]:
    """Full name and first name, from whichever columns there are; ("", "") when there is nothing.

    In one column a family name in capitals may stand first ("DUPONT Jean-Luc").
    """
    if first or last:
        given = repaired(first)
        return " ".join(part for part in (given, repaired(last)) if part), given
    words = [word for word in whole.split() if word.casefold().rstrip(".") not in _TITLES]
    if not words:
        return "", ""
    words = _given_first(words)
    named = [repaired(word) for word in words]
    return " ".join(named), named[0]


def _given_first(words: list[str]) -> list[str]:
    shouted = [len(word) > 1 and word.isupper() for word in words]
    if not shouted[0] or all(shouted):
        return words
    family = [word for word, loud in zip(words, shouted, strict=True) if loud]
    given = [word for word, loud in zip(words, shouted, strict=True) if not loud]
    return given + family


def repaired(name: str) -> str:
    """Capitals put right where a name is all in capitals or all in small letters; left alone otherwise."""
    if not name.isupper() and not name.islower():
        return " ".join(name.split())
    if len(name) <= 1:
        return name.upper()
    words = _LETTERS.sub(lambda match: _capital(match.group()), " ".join(name.split()))
    return words[:1].upper() + words[1:]


def _capital(word: str) -> str:
    lowered = word.lower()
    return lowered if lowered in _PARTICLES else lowered[:1].upper() + lowered[1:]
