"""Words as they compare: without accents, case and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

#: Accents once they are split off, and what is not seen: soft hyphens, joiners, direction marks.
_UNSAID = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u00ad\u200b-\u200f\u2060\ufeff]")
_JOINED = re.compile("[œæøłđı]")
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_WORDS = re.compile(r"[^\W_]+")
#: Letters of which none is more than letters once it is plain, as ŀ and ŉ are.
_ONE_WORD = re.compile("[0-9A-Za-zÀ-ÖØ-öø-ľŁ-ňŊ-ž]+")
#: Words, and whatever parts them: spaces, hyphens and apostrophes do not, the end of a line does.
_SPOKEN = re.compile(r"[^\W_]+|\n|[^\w\s'’‐-]|_")
#: The end of one text among many; within a text it is as good as a blank.
_END = "\x1e"
_SPOKEN_OF_EACH = re.compile(f"{_END}|{_SPOKEN.pattern}")
#: What parts words, but for the blank and the low line; and all that does in ASCII, as the names of most lists are.
_PARTING = re.compile(rf"[^\w {_END}]+")
_PARTING_ASCII = {ord(sign): " " for sign in map(chr, range(128)) if not sign.isalnum() and sign != _END}


def plain(text: str) -> str:
    """Letters without their accents and case; the rest as it is."""
    if text.isascii():
        return text.lower()
    folded = _said(unicodedata.normalize("NFKD", text)).casefold()
    return folded if folded.isascii() else _JOINED.sub(lambda letter: _LETTERS[letter.group()], folded)


def _said(text: str) -> str:
    # Few signs stand in many names: each is taken away everywhere at once.
    while not text.isascii() and (unsaid := _UNSAID.search(text)):
        text = text.replace(unsaid.group(), "")
    return text


def plain_words(text: str) -> list[str]:
    """The words of a text in their order, hyphens and apostrophes parting them."""
    return _WORDS.findall(plain(text))


def is_one_word(text: str) -> bool:
    """Whether this is seen at once to be a single word; rarer letters are not looked at."""
    return _ONE_WORD.fullmatch(text) is not None


def spoken(text: str) -> list[str]:
    """The words of a text, with every mark between them that parts one from the next."""
    return _SPOKEN.findall(plain(text))


def plain_words_of_each(texts: Sequence[str]) -> list[str]:
    """The words of many texts, those of each joined by blanks, in one pass: half the price of one by one."""
    # Names have little but words and blanks, so what is neither is looked for.
    whole = _plain_whole(texts)
    if whole.isascii():
        return _each(whole.translate(_PARTING_ASCII), texts)
    return _each(_PARTING.sub(" ", whole.replace("_", " ")), texts)


def spoken_of_each(texts: Sequence[str]) -> list[str]:
    """The same with the marks between the words."""
    return _each(" ".join(_SPOKEN_OF_EACH.findall(_plain_whole(texts))), texts)


def _plain_whole(texts: Sequence[str]) -> str:
    whole = _END.join(texts)
    if whole.count(_END) >= len(texts):
        whole = _END.join([text.replace(_END, " ") for text in texts])
    return plain(whole)


def _each(whole: str, texts: Sequence[str]) -> list[str]:
    while "  " in whole:
        whole = whole.replace("  ", " ")
    return whole.replace(f" {_END}", _END).replace(f"{_END} ", _END).strip(" ").split(_END) if texts else []
