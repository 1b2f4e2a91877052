"""The people of an edition, as a mail could betray them: by a full name, an address, an organisation.

A mail may carry what is its reader's own and what its facts name (`may_tell`), the organizers, the venue, and whoever
agreed to be quoted. Anything else that tells of somebody on the list is a leak. Single words never are: half of all
first names are somebody else's surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from worker.domain.edition import Edition
from worker.domain.known_by import Words, public_words
from worker.domain.known_people import KnownPeople
from worker.domain.listed import Listed
from worker.domain.person import Guest
from worker.domain.plain import spoken
from worker.domain.run import Open, Run, filled

_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:?&]+")

#: Shared texts that are remembered: an edition has some thirty.
_MOST_SHARED = 256


class Tale(StrEnum):
    """What of somebody a mail would tell."""

    NAME = "name"
    ADDRESS = "address"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Betrayed:
    """What was found: `people` are the ids of all whom it may mean."""

    tale: Tale
    people: frozenset[str]
    words: Words = ()


_Allowed = Mapping[str, list[Words]]
_Asked = TypeVar("_Asked")
_Found = TypeVar("_Found")


class Circle:
    """Made once for a list; one mail then costs some microseconds. What is the same in many mails is looked at once."""

    def __init__(self, edition: Edition, guests: Listed | Iterable[Guest]) -> None:
        """Everybody on the list of this edition."""
        listed = guests if isinstance(guests, Listed) else Listed.of(guests)
        self._people = KnownPeople(edition, listed)
        self._public = _by_first_word(public_words(edition))
        self._organizers = frozenset(organizer.address.casefold() for organizer in edition.organizers)
        self._met: dict[str, tuple[Betrayed, ...]] = {}
        self._left: dict[Run, Open] = {}
        self._looked_at: dict[str, tuple[Betrayed, ...]] = {}
        self._written_to: dict[str, tuple[Betrayed, ...]] = {}

    def betrayed(
        self, shared: str, run: Run, words: Sequence[str], may_tell: Sequence[Guest]
    ) -> Betrayed | None:
        """The first that a mail would tell of somebody else, or None.

        `shared` is what it has in common with other mails; `run` is what stands around its own `words`, which are as
        they were written. `may_tell` are its reader, first, and those whom its facts name.
        """
        whole = self._in_shared(shared)
        own = run and self._people.tell_of_others(self._heard(run, words), may_tell)
        addresses = self._addresses_in("?".join(words)) if words else []
        if not (whole or own or addresses):
            return None
        # Rarely do a mail's own words tell of more than its people: what allows it is asked only then.
        found = (*whole, *(self._in_own(filled(run, words), may_tell) if own else ()), *addresses)
        reader, ids = may_tell[0].person.id, {guest.person.id for guest in may_tell}
        return next((one for one in found if not one.people & _may_read(one.tale, reader, ids)), None)

    def _heard(self, run: Run, words: Sequence[str]) -> Sequence[str]:
        """The words of a run that may be somebody's."""
        if not words:  # a letter like no other
            return filled(run, words)
        left = self._left.get(run)
        if left is None:
            constant = {part for part in run if isinstance(part, str)}
            left = Open.of(run, self._people.words_among(constant))
            _keep(self._left, run, left)
        return left.heard(words)

    def _in_own(self, run: Sequence[str], may_tell: Sequence[Guest]) -> Iterator[Betrayed]:
        known = [self._people.known_by(guest) for guest in may_tell]
        names = _by_first_word(name for one in known for name in (*one.names, *one.parts))
        houses = _by_first_word(one.organisation for one in known if one.organisation)
        return self._words_in(run, names, houses)

    def _in_shared(self, shared: str) -> tuple[Betrayed, ...]:
        known = self._looked_at.get(shared)
        if known is None:
            known = (*self._words_in(spoken(shared), {}, {}), *self._addresses_in(shared))
            _keep(self._looked_at, shared, known)
        return known

    def _words_in(self, words: Sequence[str], names: _Allowed, houses: _Allowed) -> Iterator[Betrayed]:
        """Whoever is told of, but for these names and, of organisations, these: another's name in one is still told."""
        openings = self._people.openings_in(words)
        if not openings:
            return
        first_words = names.keys() | houses.keys() | self._public.keys()
        after, in_house = 0, 0
        for here, (word, following) in enumerate(pairwise(words)):
            begun = f"{word} {following}" in openings
            if here < after or not (begun or word in first_words):
                continue
            if allowed := _longest(words, here, names, word) or _longest(words, here, self._public, word):
                after = here + allowed
                continue
            in_house = max(in_house, here + _longest(words, here, houses, word))
            told = self._told_at(words, here) if begun else ()
            yield from (one for one in told if one.tale is Tale.NAME or here >= in_house)

    def _told_at(self, words: Sequence[str], here: int) -> Iterator[Betrayed]:
        """Whoever is told of by the words that begin here: two of them, or more."""
        opening = f"{words[here]} {words[here + 1]}"
        yield from self._told_by(opening)
        for end in range(here + 3, min(here + self._people.longest(opening), len(words)) + 1):
            yield from self._told_by(" ".join(words[here:end]))

    def _told_by(self, words: str) -> tuple[Betrayed, ...]:
        known = self._met.get(words)
        if known is None:
            if not self._people.knows(words):
                return ()
            tales = ((Tale.NAME, self._people.named(words)), (Tale.ORGANISATION, self._people.housed(words)))
            known = tuple(
                [Betrayed(tale, people, tuple(words.split(" "))) for tale, people in tales if people]
            )
            self._met[words] = known
        return known

    def _addresses_in(self, text: str) -> list[Betrayed]:
        # What follows an address in a link is each reader's own.
        pieces = [piece for piece in text.split("?") if "@" in piece or "%40" in piece]
        return [found for piece in pieces for found in self._mailed(piece)]

    def _mailed(self, piece: str) -> tuple[Betrayed, ...]:
        # Many mails say where answers go.
        known = self._written_to.get(piece)
        if known is None:
            known = tuple(self._reached(_ADDRESS.findall(piece.casefold().replace("%40", "@"))))
            _keep(self._written_to, piece, known)
        return known

    def _reached(self, addresses: Iterable[str]) -> Iterator[Betrayed]:
        for address in addresses:
            known = address in self._organizers
            if not known and (people := self._people.reached(address.rstrip("."))):
                yield Betrayed(Tale.ADDRESS, people)


def _keep(seen: dict[_Asked, _Found], asked: _Asked, found: _Found) -> None:
    if len(seen) >= _MOST_SHARED:
        seen.clear()
    seen[asked] = found


def _longest(words: Sequence[str], here: int, known: _Allowed, word: str) -> int:
    if word not in known:
        return 0
    return max(len(one) if tuple(words[here : here + len(one)]) == one else 0 for one in known[word])


def _by_first_word(sequences: Iterable[Words]) -> dict[str, list[Words]]:
    index: dict[str, list[Words]] = {}
    for words in sequences:
        index.setdefault(words[0], []).append(words)
    return index


def _may_read(tale: Tale, reader: str, named: set[str]) -> set[str]:
    """Whose this may be: an address is nobody's but its reader's, whoever is introduced to them."""
    return {reader} if tale is Tale.ADDRESS else named
