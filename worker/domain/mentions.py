"""Who is meant in a sentence about people: « j'ai vu Inès et Théo L. », with or without accents, never a guess."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from worker.domain.person import Guest
from worker.domain.roll import folded, meant, reminiscent

#: More words than this are a sentence and no name.
_LONGEST_NAME = 4
#: Longest beginning of a family name that is read as one.
_INITIAL = 3
#: So many names of one text are looked at; a room has no more that one person would name.
_MOST_NAMES = 20
_BETWEEN = re.compile(
    r"[,;:!?\n&/+()]|\.\s|\s(?:et|and|puis|ainsi que|avec|with|bonjour|salut|hello|merci|oui|non|yes|no)(?=\s)",
    re.IGNORECASE,
)
#: What people write beside names, and what is nobody's.
_POLITE = frozenset(
    {"oui", "non", "merci", "bonjour", "salut", "yes", "no", "hello", "thanks", "personne", "nobody"}
)
_WORDS = re.compile(r"[^\W\d_][\w'’\-]*\.?")


@dataclass(frozen=True, slots=True)
class Unclear:
    """A name as it was written that may be several people's, or nobody's; who it may mean, for a person to choose."""

    written: str
    candidates: tuple[Guest, ...] = ()


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Who is meant for certain, and what has to be asked."""

    people: tuple[Guest, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def mentioned(text: str, guests: Collection[Guest]) -> Mentioned:
    """Everybody a text names among these guests: a whole name, a first name, a first name with an initial.

    In a sentence only words with a capital are names; in a list (« ines, theo ») small letters do.
    """
    people: dict[str, Guest] = {}
    unclear: dict[str, Unclear] = {}
    for found in _found(text, guests):
        if isinstance(found, Unclear):
            unclear[found.written] = found
        else:
            people[found.person.id] = found
    return Mentioned(tuple(people.values()), tuple(unclear.values())[:_MOST_NAMES])


def _found(text: str, guests: Collection[Guest]) -> Iterator[Guest | Unclear]:
    for piece in _BETWEEN.split(f" {text} ")[: _MOST_NAMES * 4]:
        words = _WORDS.findall(piece)
        if not words:
            continue
        found = _meant(" ".join(words), guests) if len(words) <= _LONGEST_NAME else ()
        if found:
            yield _certain(" ".join(words), found)
        else:
            yield from _in_a_sentence(words, guests)


def _certain(written: str, found: tuple[Guest, ...]) -> Guest | Unclear:
    return found[0] if len(found) == 1 else Unclear(written, found)


def _in_a_sentence(words: list[str], guests: Collection[Guest]) -> Iterator[Guest | Unclear]:
    """Runs of capitals, the longest first: « Inès Garçon », then « Inès ». Words that are all capitals are a name."""
    at, anybody = 0, False
    while at < len(words):
        run = _run(words, at)
        known = ((length, _meant(" ".join(run[:length]), guests)) for length in range(len(run), 0, -1))
        length, found = next((each for each in known if each[1]), (1, ()))
        if found:
            anybody = True
            yield _certain(" ".join(run[:length]), found)
        at += length
    if not anybody and len(_run(words, 0)) == len(words) and not _POLITE & set(folded(" ".join(words))):
        yield Unclear(" ".join(words), reminiscent(" ".join(words), guests))


def _run(words: list[str], at: int) -> list[str]:
    run: list[str] = []
    while at < len(words) and words[at][0].isupper() and len(run) < _LONGEST_NAME:
        run.append(words[at])
        at += 1
    return run


def _meant(written: str, guests: Collection[Guest]) -> tuple[Guest, ...]:
    """As `roll.meant`; and a first name with the beginning of the family name, « Marie D. »."""
    found = meant(written, guests)
    words = written.split()
    if found or len(words) < 2 or len(words[-1].rstrip(".")) > _INITIAL:
        return found
    first, initial = " ".join(words[:-1]), "".join(folded(words[-1]))
    return tuple(guest for guest in meant(first, guests) if _family(guest).startswith(initial) and initial)


def _family(guest: Guest) -> str:
    first = set(folded(guest.person.first_name))
    words = [
        word for word in re.findall(r"\w+", guest.person.name.casefold()) if not first & set(folded(word))
    ]
    return "".join(folded(words[0])) if words else ""
