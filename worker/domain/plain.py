"""Words as they compare: without accents, case and punctuation."""

from __future__ import annotations

import re
import unicodedata

_WORDS = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Letters without their accents and case; the rest as it is."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def plain_words(text: str) -> list[str]:
    """The words of a text in their order, hyphens and apostrophes parting them."""
    return _WORDS.findall(plain(text))
