"""Who is meant in a sentence about people: « j'ai vu Inès et Théo L. », with or without accents, never a guess."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from worker.domain.mention_words import BETWEEN, CIVIL, CLAUSES, DENIAL, OPENERS, PARTICLES, POLITE
from worker.domain.person import Guest
from worker.domain.roll import folded, meant, nearly, reminiscent

#: More words than this are a sentence and no name.
_LONGEST_NAME = 6
#: Longest beginning of a family name, or of a first name, that is read as one.
_INITIAL = 3
#: So many names of one text are looked at; a room has no more that one person would name.
_MOST_NAMES = 20
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


class _Found(NamedTuple):
    """A name as it was written, and whom it means; `part` of a longer name that is nobody's is no certainty."""

    written: str
    guests: tuple[Guest, ...]
    part: bool = False


def mentioned(text: str, guests: Collection[Guest], besides: Iterable[str] = ()) -> Mentioned:
    """Everybody a text names among these guests: a whole name, a first name, a first name with an initial.

    In a sentence only words with a capital are names; in a list (« ines, theo ») small letters do. The names of
    `besides` (who writes, who is written to) stand in greetings and signatures: they mean nobody, or are a question.
    """
    people: dict[str, Guest] = {}
    unclear: dict[str, Unclear] = {}
    aside = [frozenset(folded(name)) for name in besides]
    for clause in CLAUSES.split(f" {text} "):
        denied = bool(DENIAL.search(clause))
        for written, found, part in _found(clause, guests):
            greeted = any(own.issuperset(folded(written)) for own in aside)
            if len(found) == 1 and not (denied or greeted or part):
                people[found[0].person.id] = found[0]
            elif found or not greeted:
                unclear[written] = Unclear(written, found or reminiscent(written, guests))
    return Mentioned(tuple(people.values()), tuple(unclear.values())[:_MOST_NAMES])


def _found(clause: str, guests: Collection[Guest]) -> Iterator[_Found]:
    for piece in BETWEEN.split(f" {clause} ")[: _MOST_NAMES * 4]:
        words = [word for word in _WORDS.findall(piece) if not CIVIL & set(folded(word))]
        if not words:
            continue
        found = _meant(" ".join(words), guests) if len(words) <= _LONGEST_NAME else ()
        if found:
            yield _Found(" ".join(words), found)
        else:
            yield from _in_a_sentence(words, guests)


def _in_a_sentence(words: list[str], guests: Collection[Guest]) -> Iterator[_Found]:
    """What runs of capitals mean. Words that are all capitals, or nearly a whole name, are a name."""
    at, anybody = 0, False
    while at < len(words):
        run = _run(words, at)
        for found in _in_a_run(run, guests):
            anybody = True
            yield found
        at += len(run) or 1
    if not anybody and _is_a_name(words, guests):
        yield _Found(" ".join(words), ())


def _in_a_run(run: list[str], guests: Collection[Guest]) -> Iterator[_Found]:
    """The longest names first: « Inès Garçon », then « Inès ». In « Luc Durand », Luc alone is not Luc Martin."""
    words = run[1:] if run and set(folded(run[0])) <= OPENERS else run
    at, strays, names = 0, 0, list[_Found]()
    while at < len(words):
        known = (
            (length, _meant(" ".join(words[at : at + length]), guests))
            for length in range(len(words) - at, 0, -1)
        )
        length, found = next((each for each in known if each[1]), (1, ()))
        names += [_Found(" ".join(words[at : at + length]), found)] if found else []
        strays += not found
        at += length
    torn = strays > 0 or (len(names) > 1 and not all(map(_is_whole, names)))
    halves = [name for name in names if torn and " " not in name.written]
    yield from (name for name in names if name not in halves)
    if halves:
        meant_by_halves = {guest.person.id: guest for half in halves for guest in half.guests}
        yield _Found(" ".join(words), tuple(meant_by_halves.values()), part=True)


def _is_whole(name: _Found) -> bool:
    """A first name, or more than one word: not a family name alone."""
    written = folded(name.written)
    return len(written) > 1 or any(folded(guest.person.first_name) == written for guest in name.guests)


def _is_a_name(words: list[str], guests: Collection[Guest]) -> bool:
    """Whether they look like somebody's name though nobody has it: all capitals, or nearly a whole name."""
    written = " ".join(words)
    if len(_run(words, 0)) == len(words):
        return not POLITE & set(folded(written))
    return 1 < len(words) <= _LONGEST_NAME and any(nearly(written, guest) for guest in guests)


def _run(words: list[str], at: int) -> list[str]:
    """Words with a capital from here on, and particles between two of them."""
    run = words[at : at + _LONGEST_NAME]
    capital = [word[0].isupper() for word in run]
    end = next((n for n, word in enumerate(run) if not capital[n] and not (n and _particle(word))), len(run))
    return run[: max((n + 1 for n in range(end) if capital[n]), default=0)]


def _particle(word: str) -> bool:
    return word.casefold() in PARTICLES


def _meant(written: str, guests: Collection[Guest]) -> tuple[Guest, ...]:
    """As `roll.meant`; and « Marie D. », a first name with the beginning of the family name, or « L. Martin »."""
    found = meant(written, guests)
    words = written.split()
    if found or len(words) < 2:
        return found
    within = tuple(g for g in guests if set(folded(written)) < set(folded(g.person.name)))
    if within and len(folded(written)) > 1:
        return within
    first, last = words[0].rstrip("."), words[-1].rstrip(".")
    if len(last) <= _INITIAL:
        begins = "".join(folded(last))
        found = tuple(g for g in meant(" ".join(words[:-1]), guests) if _family(g).startswith(begins))
    if not found and len(first) == 1:
        begins = "".join(folded(first))
        found = tuple(g for g in meant(" ".join(words[1:]), guests) if _given(g, begins))
    return found


def _given(guest: Guest, begins: str) -> bool:
    return any(word.startswith(begins) for word in folded(guest.person.first_name))


def _family(guest: Guest) -> str:
    first = set(folded(guest.person.first_name))
    words = [
        word for word in re.findall(r"\w+", guest.person.name.casefold()) if not first & set(folded(word))
    ]
    return "".join(folded(words[0])) if words else ""
