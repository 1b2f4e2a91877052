"""Who is introduced to whom in an edition, why, and how each person came by their names. Values only.

A suggestion is one undirected edge: what A is told of B and B of A is the same suggestion, so it is mutual by
construction. The reasons that may be said (`grounds`) are the same on both sides; points are never said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

#: Two person ids, the smaller one first.
Pair = tuple[str, str]

#: Grows when the same facts would give another plan; kept with each plan.
ALGORITHM = 2


def pair(a: str, b: str) -> Pair:
    """The two as one thing, whoever is named first."""
    return (a, b) if a < b else (b, a)


class Ground(StrEnum):
    """A reason that may be said to both, the most telling first. A wish of one side alone is never among them."""

    MUTUAL_WISH = "mutual_wish"
    SHARED_INTEREST = "shared_interest"
    SAME_TABLE = "same_table"
    OTHER_SECTOR = "other_sector"
    FIRST_TIME = "first_time"
    NEVER_CROSSED = "never_crossed"
    SAME_MORNING = "same_morning"


#: Grounds that speak of these two people and not of any two.
SPECIFIC = frozenset({Ground.MUTUAL_WISH, Ground.SHARED_INTEREST, Ground.SAME_TABLE})


class Rung(StrEnum):
    """How somebody came by their names: matched, attached to somebody's pair, or with the organizer as host."""

    MATCHED = "matched"
    ATTACHED = "attached"
    HOST = "host"


class Points(NamedTuple):
    """What an introduction is worth, term by term; whole numbers, so that every machine agrees."""

    interest: int = 0
    circle: int = 0
    fresh: int = 0
    hook: int = 0
    welcome: int = 0
    chance: int = 0

    @property
    def total(self) -> int:
        """All terms together."""
        return sum(self)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two people who are told of each other; `a` is the smaller id.

    `topic` is the rarest interest that they share, or "". `round` is the round of the matching that joined them;
    0 when one was attached to the other.
    """

    a: str
    b: str
    points: Points
    grounds: tuple[Ground, ...]
    topic: str = ""
    round: int = 1

    @property
    def pair(self) -> Pair:
        """Both ids."""
        return self.a, self.b

    def other(self, person: str) -> str:
        """Who this person is told of."""
        return self.b if person == self.a else self.a


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place in a plan: their names in the order in which a mail says them, none when the host steps in."""

    person: str
    rung: Rung
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The person ids to be named."""
        return tuple(suggestion.other(self.person) for suggestion in self.suggestions)


@dataclass(frozen=True)
class IntroductionPlan:
    """All introductions of one edition: a place for everybody who was there and agreed.

    A draft has no `frozen` moment. Frozen, it is never drawn again: `version` grows each time that somebody's leaving
    took their pairs along and the others were attached anew.
    """

    edition: str
    suggestions: tuple[Suggestion, ...] = ()
    hosted: frozenset[str] = frozenset()
    version: int = 0
    frozen: datetime | None = None
    algorithm: int = field(default=ALGORITHM)

    @cached_property
    def places(self) -> dict[str, Place]:
        """Everybody's place, by person id."""
        own: dict[str, list[Suggestion]] = {}
        for suggestion in self.suggestions:
            for person in suggestion.pair:
                own.setdefault(person, []).append(suggestion)
        named = {person: Place(person, _rung(theirs), _ordered(theirs)) for person, theirs in own.items()}
        hosted = {person: Place(person, Rung.HOST) for person in self.hosted if person not in own}
        return dict(sorted((named | hosted).items()))

    @property
    def pairs(self) -> frozenset[Pair]:
        """Everybody told of each other."""
        return frozenset(suggestion.pair for suggestion in self.suggestions)

    def without(self, person: str) -> IntroductionPlan:
        """The next version, in which this person has no place; whoever is left with nobody is hosted."""
        kept = tuple(suggestion for suggestion in self.suggestions if person not in suggestion.pair)
        named = {each for suggestion in kept for each in suggestion.pair}
        hosted = frozenset(self.places) - named - {person}
        return replace(self, suggestions=kept, hosted=hosted, version=self.version + 1)


def _rung(suggestions: Iterable[Suggestion]) -> Rung:
    return Rung.MATCHED if any(suggestion.round for suggestion in suggestions) else Rung.ATTACHED


def _ordered(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """First the first round's; whoever was attached comes last."""
    return tuple(sorted(suggestions, key=lambda one: (one.round == 0, one.round, one.pair)))


def plan_of(
    places: Iterable[Place], *, edition: str, version: int, frozen: datetime | None
) -> IntroductionPlan:
    """The plan in which everybody has this place."""
    kept = list(places)
    return IntroductionPlan(
        edition,
        tuple(sorted(set(_suggestions(kept)), key=lambda one: (one.round == 0, one.round, one.pair))),
        frozenset(place.person for place in kept if not place.suggestions),
        version,
        frozen,
    )


def _suggestions(places: Iterable[Place]) -> Iterator[Suggestion]:
    for place in places:
        yield from place.suggestions


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Two people who must never be introduced; silent. `asked_by` is one of them, or "" for an organizer."""

    a: str
    b: str
    since: datetime
    asked_by: str = ""

    @property
    def pair(self) -> Pair:
        """Both ids, sorted."""
        return pair(self.a, self.b)


@dataclass(frozen=True, slots=True)
class Swap:
    """An organizer's decision before the plan is frozen: this person meets `chosen` instead of `dropped`."""

    person: str
    dropped: str
    chosen: str

    @property
    def people(self) -> frozenset[str]:
        """All three."""
        return frozenset((self.person, self.dropped, self.chosen))
