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


def folded(name: str) -> tuple[str, ...]:
    """The words of a name without accents, case and hyphens, in alphabetical order."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").casefold()
    return tuple(sorted(re.findall(r"[a-z0-9]+", plain))) or tuple(name.casefold().split())


def named(written: str, guests: Iterable[Guest]) -> tuple[Guest, ...]:
    """The guests of exactly this name, in whatever order its words stand."""
    words = folded(written)
    return tuple(guest for guest in guests if folded(guest.person.name) == words)


def meant(written: str, guests: Iterable[Guest]) -> tuple[Guest, ...]:
    """The guests a name may mean: one is an answer, several or none are a question.

    The whole name wins over a part of it (a first or a family name alone), and both over names with a slip.
    """
    known, words = tuple(guests), folded(written)
    for same in (_is_whole, _is_part, _is_whole_with_slips, _is_part_with_slips):
        found = tuple(guest for guest in known if same(words, guest))
        if found:
            return found
    return ()


def reminiscent(written: str, guests: Iterable[Guest]) -> tuple[Guest, ...]:
    """The guests whose names look most like this one, best first, for a person to choose from."""
    words = " ".join(folded(written))
    ranked = sorted(((_likeness(words, guest), guest.person.name, guest.person.id, guest) for guest in guests), reverse=True)  # fmt: skip
    return tuple(guest for likeness, _, _, guest in ranked[:_MOST_SHOWN] if likeness >= _REMINDS)


def _likeness(words: str, guest: Guest) -> float:
    name = folded(guest.person.name)
    return max(_ratio(words, candidate) for candidate in (" ".join(name), *name))


def _is_whole(words: tuple[str, ...], guest: Guest) -> bool:
    return words == folded(guest.person.name)


def _is_part(words: tuple[str, ...], guest: Guest) -> bool:
    return words in _parts(guest)


def _is_whole_with_slips(words: tuple[str, ...], guest: Guest) -> bool:
    return _alike(words, folded(guest.person.name))


def _is_part_with_slips(words: tuple[str, ...], guest: Guest) -> bool:
    return any(_alike(words, part) for part in _parts(guest))


def _parts(guest: Guest) -> tuple[tuple[str, ...], ...]:
    """The first name alone and the family name alone."""
    first = folded(guest.person.first_name)
    family = tuple(word for word in folded(guest.person.name) if word not in first)
    return tuple(part for part in (first, family) if part)


def _alike(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    # Word by word: over whole names, "Luc Martin" would be 0.91 of "Lucie Martin", who is somebody else.
    return len(words) == len(name) and all(
        _ratio(mine, theirs) >= SLIP for mine, theirs in zip(words, name, strict=True)
    )


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
