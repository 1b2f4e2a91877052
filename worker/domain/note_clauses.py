"""An attendance note cut into clauses: a heading ("absents", "sauf", "+") and one name that stands under it.

Commas, semicolons, full stops, line ends, "et" and "and" separate names; a heading holds until the next one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Heading(Enum):
    """What is said of the names that follow."""

    NONE = "none"
    EVERYONE = "everyone"
    PRESENT = "present"
    ABSENT = "absent"
    CANCELLED = "cancelled"
    NEWCOMER = "newcomer"


@dataclass(frozen=True, slots=True)
class Clause:
    """One name, with or without an address, under its heading. Only EVERYONE may stand without words."""

    heading: Heading
    words: str = ""


_ENDING = r"[·.-]?e?[·.-]?s?"  # présent, présentes, présent·e·s, présent.e.s
_HERE = rf"(?:pr[ée]sent{_ENDING}|here|there|là)"
_ALL = r"(?:tous|toutes|tout le monde|all|everyone|everybody)"
_BUT = r"(?:sauf|hormis|excepté|à l['’]exception de|except for|except|but)"

_HEADINGS = (
    (Heading.EVERYONE, rf"{_ALL}\s+(?:étaient\s+|sont\s+|were\s+|was\s+)?{_HERE}|(?:{_ALL}|{_HERE})(?=\s+{_BUT}\s)"),
    (Heading.ABSENT, rf"{_BUT}|absent{_ENDING}|no-?shows?|missing"),
    (Heading.CANCELLED, rf"excus[ée]{_ENDING}|annul[ée]{_ENDING}|annulations?|désist[ée]{_ENDING}|cancell?ed|excused"),
    (Heading.PRESENT, rf"pr[ée]sent{_ENDING}"),
    (Heading.NEWCOMER, r"plus|nouve(?:au|aux|lle|lles)|newcomers?"),
)  # fmt: skip
_PATTERNS = tuple(
    (heading, re.compile(rf"(?:{words})(?:\s*:|(?=\s)|$)", re.IGNORECASE)) for heading, words in _HEADINGS
)
_PLUS = re.compile(r"\+\s*:?")

# A full stop after one letter belongs to an initial: "M. Martin". A plus inside an address stays there.
_BREAK = re.compile(
    r"[,;\n]|\s(?:et|and|&)\s|(?<!\b\w)\.(?=\s|$)|(?<=\s)(?=\+)|(?<=\s)(?=plus\s)", re.IGNORECASE
)
_REMARK = re.compile(r"\([^()@]*\)")
_NOBODY = re.compile(r"aucune?|personne|néant|none|nobody|no one|0", re.IGNORECASE)
_EDGES = " \t\r\u00a0\u202f.!*•·–—-"


def clauses(text: str) -> Iterator[Clause]:
    """Each name of a note under its heading, in order; Heading.NONE before any."""
    heading = Heading.NONE
    for piece in _BREAK.split(_REMARK.sub("", unicodedata.normalize("NFC", text))):
        words = piece.strip(_EDGES)
        while found := _heading_of(words):
            heading, words = found
            if heading is Heading.EVERYONE:
                yield Clause(heading)
        if words and not _NOBODY.fullmatch(words):
            yield Clause(heading, words)


def _heading_of(words: str) -> tuple[Heading, str] | None:
    """The heading that words begin with, and the words after it."""
    if plus := _PLUS.match(words):
        return Heading.NEWCOMER, words[plus.end() :].strip(_EDGES)
    for heading, pattern in _PATTERNS:
        if found := pattern.match(words):
            return heading, words[found.end() :].strip(_EDGES)
    return None
