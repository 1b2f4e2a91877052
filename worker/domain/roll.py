"""Who is meant by a name that somebody typed: accents, case, word order and small slips aside, and never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from worker.domain.person import Guest

#: Two words are one with a slip of the finger from here on (difflib's ratio): Tisier and Tissier, not Luc and Lucie.
SLIP = 0.85
#: From here on a name is worth showing beside a question.
_REMINDS = 0.6
_MOST_SHOWN = 4
#: Letters that are no letter with an accent, as people without them on their keyboard write them.
_OWN_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
)


def folded(name: str) -> tuple[str, ...]:
    """The words of a name without accents, case and hyphens, in alphabetical order."""
    letters = unicodedata.normalize("NFKD", name.translate(_OWN_LETTERS))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
    return tuple(sorted(re.findall(r"\w+", plain)))


def named(written: str, guests: Iterable[Guest]) -> tuple[Guest, ...]:
    """The guests of exactly this name, in whatever order its words stand."""
    words = folded(written)
    return tuple(guest for guest in guests if words and folded(guest.person.name) == words)


def meant(written: str, guests: Iterable[Guest]) -> tuple[Guest, ...]:
    """The guests a name may mean: one is an answer, several or none are a question.

    A name or a part of it (the first or the family name) as it stands wins over a whole name with slips; a part with
    a slip means nobody: Marine is not a misspelt Marie.
    """
    known, words = tuple(guests), folded(written)
    exactly = tuple(guest for guest in known if words in _names(guest))
    return exactly or tuple(guest for guest in known if _alike(words, folded(guest.person.name)))


def reminiscent(written: str, guests: Iterable[Guest]) -> tuple[Guest, ...]:
    """The guests whose names look most like this one, best first, for a person to choose from."""
    words = " ".join(folded(written))
    ranked = sorted(guests, key=lambda guest: (-_likeness(words, guest), guest.person.name, guest.person.id))
    return tuple(guest for guest in ranked[:_MOST_SHOWN] if _likeness(words, guest) >= _REMINDS)


def nearly(written: str, guest: Guest) -> bool:
    """Whether this is somebody's whole name but for a slip or two: « marie dupond » for Marie Dupont."""
    return _ratio(" ".join(folded(written)), " ".join(folded(guest.person.name))) >= SLIP


def _likeness(words: str, guest: Guest) -> float:
    name = folded(guest.person.name)
    return max(_ratio(words, candidate) for candidate in (" ".join(name), *name))


def _names(guest: Guest) -> tuple[tuple[str, ...], ...]:
    """The whole name, the first name alone and the family name alone."""
    whole, first = folded(guest.person.name), folded(guest.person.first_name)
    family = tuple(word for word in whole if word not in first)
    return tuple(name for name in (whole, first, family) if name)


def _alike(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    # Word by word: over whole names, "Luc Martin" would be 0.91 of "Lucie Martin", who is somebody else.
    return 0 < len(words) == len(name) and all(
        _ratio(mine, theirs) >= SLIP for mine, theirs in zip(words, name, strict=True)
    )


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
