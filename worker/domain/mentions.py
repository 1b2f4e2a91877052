"""Who is meant in a sentence about people: « j'ai vu Inès et Théo L. », with or without accents, never a guess."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from worker.domain.person import Guest
from worker.domain.roll import folded, meant, nearly, reminiscent

#: More words than this are a sentence and no name.
_LONGEST_NAME = 6
#: Longest beginning of a family name, or of a first name, that is read as one.
_INITIAL = 3
#: So many names of one text are looked at; a room has no more that one person would name.
_MOST_NAMES = 20
#: What ends a clause, and with it a « pas »; a dot after a single letter is that of an initial.
_CLAUSES = re.compile(
    r"[;:!?\n]|(?<!\b\w)\.\s|(?<=encore),|(?<=yet),|(?<=temps),|\s(?:mais|but)(?=\s)", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"[,&/+()]|\s(?:et|and|puis|ainsi que|avec|with|bonjour|salut|hello|merci|oui|non|yes|no)(?=\s)",
    re.IGNORECASE,
)
#: « Je n'ai pas vu Luc » tells that Luc was not met; « pas encore, » says nothing of the names after it.
_DENIAL = re.compile(
    r"\b(?:pas|sauf|jamais|ni|not|never|except|didn.?t|wasn.?t)\b",
    re.IGNORECASE,
)
#: What people write beside names, and what is nobody's.
_POLITE = frozenset(
    "oui non merci bonjour bonsoir salut yes no hello hi dear thanks personne nobody cordialement amicalement bises"  # noqa: SIM905
    " bien amities best regards sincerely cheers super parfait genial".split()
)
_CIVIL = frozenset({"m", "mr", "mme", "mlle", "mrs", "ms", "dr", "monsieur", "madame", "mademoiselle"})
#: Small words inside a family name, where a name with a capital follows.
_PARTICLES = frozenset(
    {"de", "du", "des", "la", "le", "van", "von", "der", "den", "ten", "di", "da", "dos", "d", "al"}
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


#: A name as it was written, and whom it means.
_Found = tuple[str, tuple[Guest, ...]]


def mentioned(text: str, guests: Collection[Guest], besides: Iterable[str] = ()) -> Mentioned:
    """Everybody a text names among these guests: a whole name, a first name, a first name with an initial.

    In a sentence only words with a capital are names; in a list (« ines, theo ») small letters do. The names of
    `besides` (who writes, who is written to) stand in greetings and signatures: they mean nobody, or are a question.
    """
    people: dict[str, Guest] = {}
    unclear: dict[str, Unclear] = {}
    aside = [frozenset(folded(name)) for name in besides]
    for clause in _CLAUSES.split(f" {text} "):
        denied = bool(_DENIAL.search(clause))
        for written, found in _found(clause, guests):
            greeted = any(own.issuperset(folded(written)) for own in aside)
            if len(found) == 1 and not denied and not greeted:
                people[found[0].person.id] = found[0]
            elif found or not greeted:
                unclear[written] = Unclear(written, found or reminiscent(written, guests))
    return Mentioned(tuple(people.values()), tuple(unclear.values())[:_MOST_NAMES])


def _found(clause: str, guests: Collection[Guest]) -> Iterator[_Found]:
    for piece in _BETWEEN.split(f" {clause} ")[: _MOST_NAMES * 4]:
        words = [word for word in _WORDS.findall(piece) if not _CIVIL & set(folded(word))]
        if not words:
            continue
        found = _meant(" ".join(words), guests) if len(words) <= _LONGEST_NAME else ()
        if found:
            yield " ".join(words), found
        else:
            yield from _in_a_sentence(words, guests)


def _in_a_sentence(words: list[str], guests: Collection[Guest]) -> Iterator[_Found]:
    """Runs of capitals, the longest first: « Inès Garçon », then « Inès ». Words that are all capitals are a name."""
    at, anybody = 0, False
    while at < len(words):
        run = _run(words, at)
        known = ((length, _meant(" ".join(run[:length]), guests)) for length in range(len(run), 0, -1))
        length, found = next((each for each in known if each[1]), (1, ()))
        if found:
            anybody = True
            yield " ".join(run[:length]), found
        at += length
    if not anybody and _is_a_name(words, guests):
        yield " ".join(words), ()


def _is_a_name(words: list[str], guests: Collection[Guest]) -> bool:
    """Whether they look like somebody's name though nobody has it: all capitals, or nearly a whole name."""
    written = " ".join(words)
    if len(_run(words, 0)) == len(words):
        return not _POLITE & set(folded(written))
    return 1 < len(words) <= _LONGEST_NAME and any(nearly(written, guest) for guest in guests)


def _run(words: list[str], at: int) -> list[str]:
    """Words with a capital from here on, and particles between two of them."""
    run = words[at : at + _LONGEST_NAME]
    capital = [word[0].isupper() for word in run]
    end = next((n for n, word in enumerate(run) if not capital[n] and not (n and _particle(word))), len(run))
    return run[: max((n + 1 for n in range(end) if capital[n]), default=0)]


def _particle(word: str) -> bool:
    return word.casefold() in _PARTICLES


def _meant(written: str, guests: Collection[Guest]) -> tuple[Guest, ...]:
    """As `roll.meant`; and « Marie D. », a first name with the beginning of the family name, or « L. Martin »."""
    found = meant(written, guests)
    words = written.split()
    if found or len(words) < 2:
        return found
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
