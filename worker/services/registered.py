"""What a guest list says of consent: whoever is on it registered; a column may say yes or no to introductions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from worker.domain.consent import BY_REGISTERING, PURPOSES, Means
from worker.domain.guest_rows import Draft
from worker.domain.headings import Field
from worker.domain.person import Consent
from worker.domain.sequence import Purpose
from worker.domain.table import Table
from worker.services.consents import Said, Wording
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class GuestList:
    """A list and its columns, as far as they speak of consent."""

    table: Table
    places: Mapping[Field, int]

    def heading(self, field: Field) -> str:
        """The heading over a field, as its organizer wrote it."""
        place = self.places.get(field)
        return self.table.headings[place] if place is not None else ""

    def column(self, field: Field) -> str:
        """For the log: the file, and the column's heading."""
        return f"{self.table.file}: {self.heading(field)}"


def said_by_list(tools: Tools, edition: str, known: GuestList, drafts: Iterable[Draft]) -> Iterator[Said]:
    """The words of those who stay on the list."""
    form = Wording("registration", tools.registration)
    asked = Wording("list", known.heading(Field.INTRODUCED))
    for draft in drafts:
        person = tools.person_id(tools.fingerprint(draft.address))
        for purpose in BY_REGISTERING:
            yield Said(person, purpose, Consent.GIVEN, form, Means.IMPORT, known.column(Field.ADDRESS))
        if draft.introduced is not Consent.NOT_ASKED:
            where = known.column(Field.INTRODUCED)
            purpose = Purpose.INTRODUCTIONS
            yield Said(person, purpose, draft.introduced, asked, Means.IMPORT, where, edition)


def left_by_list(tools: Tools, known: GuestList, drafts: Iterable[Draft]) -> Iterator[Said]:
    """The words of those whom the list tells us to leave alone."""
    asked, where = Wording("list", known.heading(Field.OPTED_OUT)), known.column(Field.OPTED_OUT)
    for draft in drafts:
        person = tools.person_id(tools.fingerprint(draft.address))
        for purpose in PURPOSES:
            yield Said(person, purpose, Consent.REFUSED, asked, Means.IMPORT, where)


def said_at_the_door(tools: Tools, people: Iterable[str]) -> Iterator[Said]:
    """The words of those whom an organizer put on the list when they came."""
    form = Wording("registration", tools.registration)
    for person in people:
        for purpose in BY_REGISTERING:
            yield Said(person, purpose, Consent.GIVEN, form, Means.ORGANIZER, "at the door")
