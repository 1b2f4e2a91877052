"""Words as they compare: without accents, case and punctuation."""

from __future__ import annotations

import re
import unicodedata

#: Accents once they are split off, and what is not seen: soft hyphens, joiners, direction marks.
_UNSAID = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u00ad\u200b-\u200f\u2060\ufeff]+")
_JOINED = re.compile("[œæøłđı]")
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_WORDS = re.compile(r"[^\W_]+")
#: Words, and whatever parts them: spaces, hyphens and apostrophes do not, the end of a line does.
_SPOKEN = re.compile(r"[^\W_]+|\n|[^\w\s'’‐-]|_")


def plain(text: str) -> str:
    """Letters without their accents and case; the rest as it is."""
    if text.isascii():
        return text.lower()
    folded = _UNSAID.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return _JOINED.sub(lambda letter: _LETTERS[letter.group()], folded)


def plain_words(text: str) -> list[str]:
    """The words of a text in their order, hyphens and apostrophes parting them."""
    return _WORDS.findall(plain(text))


def spoken(text: str) -> list[str]:
    """The words of a text, with every mark between them that parts one from the next."""
    return _SPOKEN.findall(plain(text))
