"""Who is introduced to whom: a plain mutual pairing without repeats. The real matching will stand behind this name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from worker.domain.person import Consent, Guest, Presence

Partners = Mapping[str, tuple[str, ...]]


def eligible(guests: Iterable[Guest]) -> tuple[str, ...]:
    """People present who agreed to be introduced."""
    there = (guest for guest in guests if guest.presence is Presence.PRESENT)
    return tuple(sorted(guest.person.id for guest in there if guest.introduced is Consent.GIVEN))


@dataclass(frozen=True, slots=True)
class Past:
    """What binds a pairing: pairs that `met` before, pairs `kept` of this edition, and who has `gone`.

    Somebody has gone when their nudge has left: their names are said, so nobody is added to them.
    """

    met: frozenset[frozenset[str]] = frozenset()
    kept: Partners = field(default_factory=dict)
    gone: frozenset[str] = frozenset()


def pair(people: Iterable[str], past: Past, *, salt: str) -> Partners:
    """Partners for each person: mutual, never a pair that met before, at most two names for anyone.

    Kept pairs whose people are all still here stay as they are. The order of `people` does not matter;
    `salt` (the edition) shuffles. Somebody for whom nobody is left joins a pair; alone, they have no partner.
    """
    here = sorted(set(people), key=lambda person: sha256(f"{salt}/{person}".encode()).digest())
    partners = _still_whole(past.kept, frozenset(here))
    for person in here:
        if person not in partners and person not in past.gone:
            _join(person, [other for other in here if other not in past.gone], partners, past.met)
    return partners


def _still_whole(kept: Partners, here: frozenset[str]) -> dict[str, tuple[str, ...]]:
    links = {(a, b) for a, names in kept.items() for b in names if a in here and b in here}
    people = sorted({a for a, _ in links})
    return {person: tuple(sorted(b for a, b in links if a == person)) for person in people}


def _join(
    person: str, here: list[str], partners: dict[str, tuple[str, ...]], met: frozenset[frozenset[str]]
) -> None:
    def new_to(other: str) -> bool:
        return other != person and frozenset((person, other)) not in met

    free = [other for other in here if other not in partners and new_to(other)]
    paired = [other for other in here if len(partners.get(other, ())) == 1 and new_to(other)]
    for other in (free or paired)[:1]:
        partners[person] = (*partners.get(person, ()), other)
        partners[other] = (*partners.get(other, ()), person)
