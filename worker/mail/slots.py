"""Values on their way through Jinja and Markdown: each travels as one private-use character.

What a person typed is never read as Markdown or HTML, because no parser ever sees it: it is put into the finished
form at the very end, escaped for that part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: As a regular expression's character class: the first is value 0, the next value 1 (Unicode 23.5, plane 15).
SLOT_CHARACTERS = "\U000f0000-\U000ffffd"

_FIRST = 0xF0000
_SLOT = re.compile(f"([{SLOT_CHARACTERS}])")
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029 ]+")
# Controls and surrogates break a part; overrides and isolates let a name rewrite the sentence around it
# (CVE-2021-42574).
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000f0000-\U0010ffff]"
)


def visible(value: object) -> str:
    """The value as one line of text: no controls, no direction overrides, nothing of our own private use."""
    text = str(value)
    # What Python finds printable holds nothing unseen, and no break but the space.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _BREAKS.sub(" ", _UNSEEN.sub("", text)).strip(" ")


def all_visible(words: Sequence[str]) -> Sequence[str]:
    """Each as `visible`; asked once where none has a space, as links have none."""
    together = "".join(words)
    return words if together.isprintable() and " " not in together else list(map(visible, words))


def mark(number: int) -> str:
    """The character that stands for the value of this number."""
    return chr(_FIRST + number)


class Slots:
    """The values of one mail, in the order in which its templates wrote them."""

    def __init__(self) -> None:
        """Start empty."""
        self.values: list[str] = []

    def take(self, value: str) -> str:
        """Keep the value; the character that stands for it until the end."""
        self.values.append(value)
        return mark(len(self.values) - 1)


@dataclass(frozen=True, slots=True)
class Form:
    """A finished part with blanks in it: `pattern` has a %s for each of `blanks`, which says whose value it is."""

    pattern: str
    blanks: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Form:
        """The text, cut at its slots."""
        pieces = _SLOT.split(text.replace("%", "%%"))
        return cls("%s".join(pieces[::2]), tuple(ord(sign) - _FIRST for sign in pieces[1::2]))

    def fill(self, values: Sequence[str]) -> str:
        """The part with its values written in."""
        return self.pattern % tuple([values[blank] for blank in self.blanks])


def slot_of(text: str) -> int | None:
    """Which value the text stands for, when it is one slot and nothing else."""
    return ord(text) - _FIRST if _SLOT.fullmatch(text) else None


def without_slots(text: str) -> str:
    """The text without any value."""
    return _SLOT.sub("", text)


def first_slot(text: str) -> int:
    """Where the first value stands in a text that has one."""
    return next(place for place, sign in enumerate(text) if _SLOT.match(sign))


def has_slot(text: str) -> bool:
    """Whether any value stands in the text."""
    return _SLOT.search(text) is not None
