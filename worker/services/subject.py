"""Who is meant by a name or an address, over all editions."""

from __future__ import annotations

from dataclasses import dataclass

from worker.domain.address import normalise
from worker.domain.edition import Edition
from worker.domain.erasure import Forgotten
from worker.domain.errors import Refused
from worker.domain.person import Guest
from worker.domain.plain import plain_words
from worker.domain.suppression import EVERYTHING
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Subject:
    """One person: their id and fingerprint, and every entry of theirs on a list, the oldest edition first."""

    person: str
    fingerprint: str
    entries: tuple[tuple[Edition, Guest], ...] = ()
    written: str = ""

    @property
    def gone(self) -> Forgotten:
        """What to look for where they are to be forgotten."""
        addresses = {guest.person.address for _, guest in self.entries} | ({self.written} - {""})
        names = {guest.person.name for _, guest in self.entries} - {""}
        return Forgotten(self.person, self.fingerprint, frozenset(addresses), frozenset(names))


def subject(tools: Tools, asked: str) -> Subject:
    """The one person of this address, id or whole name. Refused when we hold nothing, or several are so called."""
    if "@" in asked:
        return _of_address(tools, normalise(asked))
    words = sorted(plain_words(asked))
    lists = _lists(tools)
    people = {
        guest.person.id
        for _, guests in lists
        for guest in guests.values()
        if asked == guest.person.id or (words and words == sorted(plain_words(guest.person.name)))
    }
    if len(people) != 1:
        raise Refused(_not_one(asked, len(people)))
    return subject_of(tools, people.pop())


def subject_of(tools: Tools, person: str) -> Subject:
    """The person of this id, as far as a list has them."""
    entries = tuple((edition, guests[person]) for edition, guests in _lists(tools) if person in guests)
    printed = tools.fingerprint(normalise(entries[-1][1].person.address)) if entries else ""
    return Subject(person, printed, entries)


def _of_address(tools: Tools, address: str) -> Subject:
    printed = tools.fingerprint(address)
    person = tools.person_id(printed)
    entries = subject_of(tools, person).entries
    known = Subject(person, printed, entries, address)
    if entries or tools.store.consent_records([person]) or tools.store.standing([f"{printed}/{EVERYTHING}"]):
        return known
    raise Refused("we hold nothing about this address")


def _lists(tools: Tools) -> list[tuple[Edition, dict[str, Guest]]]:
    editions = [edition for name in tools.store.known_editions() if (edition := tools.store.edition(name))]
    editions.sort(key=lambda edition: edition.meeting.start)
    return [(edition, dict(tools.store.guests(edition.id))) for edition in editions]


def _not_one(asked: str, found: int) -> str:
    if not found:
        return f"we hold nothing about {asked!r}: write the whole name or the address"
    return f"{found} people are called {asked!r}: write the address"
