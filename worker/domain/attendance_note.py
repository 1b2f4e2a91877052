"""Who was there, from what somebody typed or pasted: "présents sauf Luc Martin, + Paul Roy paul@example.org"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from worker.domain.address import normalise
from worker.domain.errors import InvalidAddress
from worker.domain.note_clauses import Clause, Heading, clauses
from worker.domain.person import Guest, Presence
from worker.domain.roll import meant, named, reminiscent


class Unclear(StrEnum):
    """Why a note cannot be followed as it stands."""

    NOTHING_SAID = "nothing_said"
    NO_HEADING = "no_heading"
    NOT_ON_LIST = "not_on_list"
    SEVERAL = "several"
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    NO_NAME = "no_name"
    ANOTHER_NAME = "another_name"
    ANOTHER_ADDRESS = "another_address"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Question:
    """What a person must say more clearly: the words as written, and the guests they may mean."""

    why: Unclear
    about: str
    candidates: tuple[Guest, ...] = ()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who came without being on the list; the address is in its normal form."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class AttendanceNote:
    """What a note says. With questions it is not to be used: half a list of presences thanks the wrong people."""

    marks: Mapping[str, Presence]
    newcomers: tuple[Newcomer, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    guest: Guest
    presence: Presence
    words: str


_Finding = _Mark | Newcomer | Question

_PRESENCES = {
    Heading.PRESENT: Presence.PRESENT,
    Heading.NEWCOMER: Presence.PRESENT,
    Heading.ABSENT: Presence.ABSENT,
    Heading.CANCELLED: Presence.CANCELLED,
}
_MAILBOX = re.compile(r"[<(\[]?([^\s<>()\[\]]*@[^\s<>()\[\]]*)[>)\]]?")
# RFC 5321 §4.1.2 Dot-string, and a domain with at least one dot.
_ADDRESS = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[^\W_][\w-]*(?:\.[\w-]+)+", re.ASCII
)


def read_note(text: str, guests: Iterable[Guest]) -> AttendanceNote:
    """Marks by person id, newcomers and questions. Who is not spoken of is not marked.

    "Everyone" is everyone on the list but those who had cancelled; a name said under a heading goes before it.
    """
    known, said = tuple(guests), tuple(clauses(text))
    found = [_finding(clause, known) for clause in said if clause.words]
    marks = [finding for finding in found if isinstance(finding, _Mark)]
    everyone = (
        [guest for guest in known if guest.presence is not Presence.CANCELLED] if _speaks_of_all(said) else []
    )
    newcomers = {finding.address: finding for finding in found if isinstance(finding, Newcomer)}
    questions = [finding for finding in found if isinstance(finding, Question)] + _contradictions(marks)
    if not (everyone or found):
        questions = [Question(Unclear.NOTHING_SAID, text.strip())]
    return AttendanceNote(
        {guest.person.id: Presence.PRESENT for guest in everyone}
        | {mark.guest.person.id: mark.presence for mark in marks},
        tuple(newcomers.values()),
        tuple(questions),
    )


def _speaks_of_all(said: Iterable[Clause]) -> bool:
    return any(clause.heading is Heading.EVERYONE and not clause.words for clause in said)


def _contradictions(marks: list[_Mark]) -> list[Question]:
    first: dict[str, _Mark] = {}
    for mark in marks:
        first.setdefault(mark.guest.person.id, mark)
    return [
        Question(Unclear.CONTRADICTION, mark.words, (mark.guest,))
        for mark in marks
        if mark.presence is not first[mark.guest.person.id].presence
    ]


def _finding(clause: Clause, guests: tuple[Guest, ...]) -> _Finding:
    presence = _PRESENCES.get(clause.heading)
    if presence is None:
        return Question(Unclear.NO_HEADING, clause.words, meant(clause.words, guests))
    if mailbox := _MAILBOX.search(clause.words):
        name = _MAILBOX.sub(" ", clause.words).strip(" \t\"':–—-")
        return _with_address(name, mailbox.group(1), clause, guests)
    return _by_name(clause, presence, guests)


def _by_name(clause: Clause, presence: Presence, guests: tuple[Guest, ...]) -> _Finding:
    newcomer = clause.heading is Heading.NEWCOMER
    found = named(clause.words, guests) if newcomer else meant(clause.words, guests)
    if len(found) == 1:
        return _Mark(found[0], presence, clause.words)
    if found:
        return Question(Unclear.SEVERAL, clause.words, found)
    why = Unclear.NO_ADDRESS if newcomer else Unclear.NOT_ON_LIST
    return Question(why, clause.words, reminiscent(clause.words, guests))


def _with_address(name: str, written: str, clause: Clause, guests: tuple[Guest, ...]) -> _Finding:
    address = _normal(written)
    if address is None:
        return Question(Unclear.BAD_ADDRESS, clause.words)
    owner = next((guest for guest in guests if _normal(guest.person.address) == address), None)
    if owner is None:
        return _unknown_address(name, address, clause, guests)
    if name and owner not in meant(name, guests):
        return Question(Unclear.ANOTHER_NAME, clause.words, (owner,))
    return _Mark(owner, _PRESENCES[clause.heading], clause.words)


def _unknown_address(name: str, address: str, clause: Clause, guests: tuple[Guest, ...]) -> _Finding:
    if namesakes := named(name, guests):
        return Question(Unclear.ANOTHER_ADDRESS, clause.words, namesakes)
    if _PRESENCES[clause.heading] is not Presence.PRESENT:
        return Question(Unclear.NOT_ON_LIST, clause.words, reminiscent(name, guests))
    return Newcomer(name, address) if name else Question(Unclear.NO_NAME, clause.words)


def _normal(address: str) -> str | None:
    try:
        normal = normalise(address)
    except InvalidAddress:
        return None
    return normal if _ADDRESS.fullmatch(normal) else None
