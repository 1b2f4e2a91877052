"""What an introduction of two people would be worth, why, and what forbids it. Whole numbers, the same both ways.

A moderately weak tie is worth most (research in docs/introductions.md): some interests in common and not all, another
sector, little time spent together. What people asked for weighs more than what we suppose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple

from worker.domain.gathering import Attendee, Gathering, firm, likeness
from worker.domain.introductions import Ground, Points, Suggestion

#: Shared interests are worth most between these shares of all interests of the two, in thousandths (weighted).
FEW, MANY = 150, 400
#: For sharing any at all, whatever their share: a subject to open with, and a reason that a mail can say.
SUBJECT = 40
MUTUAL_WISH, ONE_SIDED_WISH, SAME_TABLE, SAME_MORNING = 1000, 160, 120, 60


class Obstacle(StrEnum):
    """What forbids introducing two people, the hardest first."""

    APART = "apart"
    SAME_ORGANISATION = "same_organisation"
    NO_COMMON_LANGUAGE = "no_common_language"
    TOLD_BEFORE = "told_before"


class Lot(NamedTuple):
    """What the keyed hash of a pair decides: a little chance, and which of two equal plans is the plan."""

    chance: int
    tie_break: int


@dataclass(frozen=True, slots=True)
class _Traits:
    """An attendee made ready for comparing: `weight` is that of all their interests."""

    id: str
    firm: str
    sector: str
    interests: frozenset[str]
    weight: int
    languages: frozenset[str]
    table: str
    earlier: frozenset[str]


class Ties:
    """Every tie within one gathering. People are numbered in the order of their ids (`people`)."""

    def __init__(self, gathering: Gathering, seed: str) -> None:
        """Another `seed` (or edition) draws other lots; nothing else depends on it."""
        self.gathering = gathering
        self.people = tuple(gathering.by_id)
        self.number = {person: number for number, person in enumerate(self.people)}
        self._key = blake2b(gathering.edition.encode(), key=seed.encode()[:64], digest_size=32).digest()
        known = [_interests(one) for one in gathering.by_id.values()]
        self.held = Counter(interest for own in known for interest in own)
        self._rarity = {interest: self._rarity_of(count) for interest, count in self.held.items()}
        self.traits = tuple(
            self._traits(one, own) for one, own in zip(gathering.by_id.values(), known, strict=True)
        )

    def _rarity_of(self, held_by: int) -> int:
        share = len(self.people)
        return 3 if 20 * held_by <= share or held_by <= 2 else 2 if 5 * held_by <= share else 1

    def _traits(self, one: Attendee, interests: frozenset[str]) -> _Traits:
        return _Traits(
            one.id,
            firm(one.organisation),
            likeness(one.sector),
            interests,
            sum(self._rarity[interest] for interest in interests),
            one.languages,
            likeness(one.table),
            one.earlier,
        )

    def obstacle(self, i: int, j: int) -> Obstacle | None:
        """What forbids it, or None."""
        a, b = self.traits[i], self.traits[j]
        both = (a.id, b.id) if i < j else (b.id, a.id)
        if both in self.gathering.apart:
            return Obstacle.APART
        if a.firm and a.firm == b.firm:
            return Obstacle.SAME_ORGANISATION
        if a.languages and b.languages and a.languages.isdisjoint(b.languages):
            return Obstacle.NO_COMMON_LANGUAGE
        return Obstacle.TOLD_BEFORE if both in self.gathering.told else None

    def points(self, i: int, j: int) -> Points:
        """Term by term."""
        a, b = self.traits[i], self.traits[j]
        return Points(
            interest=self._interest(a, b),
            circle=_circle(a.sector, b.sector),
            fresh=150 // (1 + len(a.earlier & b.earlier)),
            hook=self._hook(a, b),
            welcome=_welcome(len(a.earlier), len(b.earlier)),
            chance=self.lot(i, j).chance,
        )

    def _interest(self, a: _Traits, b: _Traits) -> int:
        subject = 0 if a.interests.isdisjoint(b.interests) else SUBJECT
        return subject + 350 * self._common(a, b) // 1000

    def _common(self, a: _Traits, b: _Traits) -> int:
        """The share of interests in common, in thousandths of the best: too few and too many are worth less."""
        shared = sum(self._rarity[interest] for interest in a.interests & b.interests)
        share = 1000 * shared // ((a.weight + b.weight - shared) or 1)
        return share * 1000 // FEW if share < FEW else 1000 if share <= MANY else 1000 + MANY - share

    def _hook(self, a: _Traits, b: _Traits) -> int:
        wishes = self.gathering.wishes
        wished = ((a.id, b.id) in wishes) + ((b.id, a.id) in wishes)
        if wished:
            return MUTUAL_WISH if wished == 2 else ONE_SIDED_WISH
        return SAME_TABLE if a.table and a.table == b.table else SAME_MORNING

    def lot(self, i: int, j: int) -> Lot:
        """The same for both, on every machine."""
        both = f"{self.people[min(i, j)]} {self.people[max(i, j)]}".encode()
        drawn = blake2b(both, key=self._key, digest_size=8).digest()
        return Lot(drawn[0] * 51 >> 8, int.from_bytes(drawn[4:]))

    def strangers(self, i: int, count: int) -> tuple[int, ...]:
        """People drawn by lot for this one, at most 16; some may be drawn twice."""
        drawn = blake2b(self.people[i].encode(), key=self._key, digest_size=4 * count).digest()
        return tuple(int.from_bytes(drawn[at : at + 4]) % len(self.people) for at in range(0, len(drawn), 4))

    def suggestion(self, i: int, j: int, round_: int) -> Suggestion:
        """The two introduced, with everything that may be said."""
        a, b = sorted((i, j))
        grounds = tuple(self._grounds(self.traits[a], self.traits[b]))
        topic = self._topic(a, b) if Ground.SHARED_INTEREST in grounds else ""
        return Suggestion(self.people[a], self.people[b], self.points(a, b), grounds, topic, round_)

    def _grounds(self, a: _Traits, b: _Traits) -> Iterator[Ground]:
        if self._hook(a, b) == MUTUAL_WISH:
            yield Ground.MUTUAL_WISH
        if a.interests & b.interests:
            yield Ground.SHARED_INTEREST
        if a.table and a.table == b.table:
            yield Ground.SAME_TABLE
        if a.sector and b.sector and a.sector != b.sector:
            yield Ground.OTHER_SECTOR
        if bool(a.earlier) != bool(b.earlier):
            yield Ground.FIRST_TIME
        if not a.earlier & b.earlier:
            yield Ground.NEVER_CROSSED
        yield Ground.SAME_MORNING

    def _topic(self, i: int, j: int) -> str:
        """The rarest interest in common, as the first of the two wrote it."""
        shared = self.traits[i].interests & self.traits[j].interests
        rarest = min(shared, key=lambda interest: (self.held[interest], interest))
        written = self.gathering.by_id[self.people[i]].interests
        return next(text for text in written if likeness(text) == rarest)


def _interests(one: Attendee) -> frozenset[str]:
    return frozenset(filter(None, map(likeness, one.interests)))


def _circle(sector: str, others: str) -> int:
    """Another sector is another circle of people; blank is unknown."""
    if not sector or not others:
        return 100
    return 0 if sector == others else 200


def _welcome(visits: int, others: int) -> int:
    """Somebody new is well received by somebody who has been here before, best by a regular."""
    if bool(visits) == bool(others):
        return 0
    return 100 if max(visits, others) >= 3 else 50
