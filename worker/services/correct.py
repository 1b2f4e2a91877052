"""A person puts right what we call them, and in which language we write. No list undoes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from worker.domain.edition import Edition
from worker.domain.person import Guest, Person
from worker.mail.slots import visible
from worker.services.own_data import Holding
from worker.services.tools import Tools

#: The languages that letters are written in.
LANGUAGES = ("fr", "en")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody writes of themselves, as they typed it."""

    first_name: str
    name: str
    language: str

    def of(self, person: Person) -> Person:
        """The person as they say; what they left empty, or cannot be, stays as it was."""
        return replace(
            person,
            first_name=visible(self.first_name)[:_LONGEST] or person.first_name,
            name=visible(self.name)[:_LONGEST] or person.name,
            language=self.language if self.language in LANGUAGES else person.language,
            own_words=True,
        )


def correct(tools: Tools, person: Holding, correction: Correction) -> None:
    """In every edition they were on the list of; mails that have not left follow."""
    for attendance in person.attendances:
        known = correction.of(attendance.guest.person)
        tools.store.save_guests(attendance.edition.id, [replace(attendance.guest, person=known)])


def in_their_words(tools: Tools, edition: Edition, guests: Iterable[Guest]) -> list[Guest]:
    """The guests of a list, with what some of them have put right since."""
    found = list(guests)
    told = _told(tools, edition, {guest.person.id for guest in found})
    return [
        replace(guest, person=told[guest.person.id]) if guest.person.id in told else guest for guest in found
    ]


def _told(tools: Tools, edition: Edition, people: set[str]) -> dict[str, Person]:
    editions = [*tools.store.editions(edition.series.id), edition]
    lists = [tools.store.guests(known.id, people) for known in editions]
    return {p: g.person for guests in lists for p, g in guests.items() if g.person.own_words}
