"""The people of an edition, as a mail could betray them: by a full name, an address, an organisation.

A mail may carry what is its reader's own and what its facts name (`may_tell`), the organizers, the venue, and whoever
agreed to be quoted. Anything else that tells of somebody on the list is a leak. Single words never are: half of all
first names are somebody else's surname.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from worker.domain.edition import Edition
from worker.domain.known_by import Words, known_by, public_words, trades_of
from worker.domain.person import Guest
from worker.domain.plain import spoken

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


class Circle:
    """Made once for a list; one mail then costs some microseconds. What is the same in many mails is looked at once."""

    def __init__(self, edition: Edition, guests: Iterable[Guest]) -> None:
        """Everybody on the list of this edition."""
        known = tuple(guests)
        trades = trades_of(edition, known)
        self._own = {guest.person.id: known_by(guest, trades) for guest in known}
        people: dict[tuple[Tale, Words], set[str]] = defaultdict(set)
        addresses: dict[str, set[str]] = defaultdict(set)
        for guest in known:
            person, own = guest.person.id, self._own[guest.person.id]
            addresses[guest.person.address.casefold()].add(person)
            for name in own.names:
                people[Tale.NAME, name].add(person)
            if own.organisation:
                people[Tale.ORGANISATION, own.organisation].add(person)
        self._addresses = {address: frozenset(ids) for address, ids in addresses.items()}
        self._index: dict[Words, list[Betrayed]] = defaultdict(list)
        for (tale, words), ids in people.items():
            self._index[words].append(Betrayed(tale, frozenset(ids), words))
        self._lengths = _lengths(self._index)
        self._public = _by_first_word(public_words(edition))
        self._openings = frozenset(self._lengths)
        self._organizers = frozenset(organizer.address.casefold() for organizer in edition.organizers)
        self._looked_at: dict[str, tuple[Betrayed, ...]] = {}

    def betrayed(
        self, shared: str, runs: Iterable[Sequence[str]], words: Iterable[str], may_tell: Sequence[Guest]
    ) -> Betrayed | None:
        """The first that a mail would tell of somebody else, or None.

        `shared` is what it has in common with other mails; `runs` are the words around its own, and `words` its own as
        they were written. `may_tell` are its reader, first, and those whom its facts name.
        """
        whole = self._in_shared(shared)
        begun = [run for run in runs if not self._openings.isdisjoint(pairwise(run))]
        addresses = [
            one for word in words if "@" in word or "%40" in word for one in self._addresses_in(word)
        ]
        if not (whole or begun or addresses):
            return None
        reader, ids = may_tell[0].person.id, {guest.person.id for guest in may_tell}

        def first(told: Iterable[Betrayed]) -> Betrayed | None:
            found = (*whole, *told, *addresses)
            return next((one for one in found if not one.people & _may_read(one.tale, reader, ids)), None)

        # Rarely does more than its reader's own begin there: whether it is allowed is asked only then.
        if first(one for run in begun for one in self._any_in(run)) is None:
            return None
        known = [self._own.get(guest.person.id) or known_by(guest, frozenset()) for guest in may_tell]
        names = _by_first_word(name for one in known for name in (*one.names, *one.parts))
        houses = _by_first_word(one.organisation for one in known if one.organisation)
        return first(one for run in begun for one in self._words_in(run, names, houses))

    def _in_shared(self, shared: str) -> tuple[Betrayed, ...]:
        known = self._looked_at.get(shared)
        if known is None:
            if len(self._looked_at) >= _MOST_SHARED:
                self._looked_at.clear()
            known = (*self._words_in(spoken(shared), {}, {}), *self._addresses_in(shared))
            self._looked_at[shared] = known
        return known

    def _any_in(self, words: Sequence[str]) -> Iterator[Betrayed]:
        """Whoever could be told of by these words, and nobody else."""
        for here, opening in enumerate(pairwise(words)):
            for length in self._lengths.get(opening, ()):
                yield from self._index.get(tuple(words[here : here + length]), ())

    def _words_in(self, words: Sequence[str], names: _Allowed, houses: _Allowed) -> Iterator[Betrayed]:
        """Whoever is told of, but for these names and, of organisations, these: another's name in one is still told."""
        here, in_house = 0, 0
        while here < len(words):
            word = words[here]
            allowed = _longest(words, here, names.get(word)) or _longest(words, here, self._public.get(word))
            if allowed:
                here += allowed
                continue
            in_house = max(in_house, here + _longest(words, here, houses.get(word)))
            for length in self._lengths.get(tuple(words[here : here + 2]), ()):
                for betrayed in self._index.get(tuple(words[here : here + length]), ()):
                    if betrayed.tale is Tale.NAME or here >= in_house:
                        yield betrayed
            here += 1

    def _addresses_in(self, text: str) -> Iterator[Betrayed]:
        # What follows an address in a link is each reader's own.
        for piece in text.split("?"):
            for address in _addresses(piece) if "@" in piece or "%40" in piece else ():
                people = self._addresses.get(address.rstrip("."))
                if people and address not in self._organizers:
                    yield Betrayed(Tale.ADDRESS, people)


# Many mails say where answers go.
@lru_cache(maxsize=64)
def _addresses(text: str) -> tuple[str, ...]:
    return tuple(_ADDRESS.findall(text.casefold().replace("%40", "@")))


def _longest(words: Sequence[str], here: int, candidates: Iterable[Words] | None) -> int:
    longest = 0
    for sequence in candidates or ():
        length = len(sequence)
        if length > longest and tuple(words[here : here + length]) == sequence:
            longest = length
    return longest


def _by_first_word(sequences: Iterable[Words]) -> dict[str, list[Words]]:
    index: dict[str, list[Words]] = {}
    for words in sequences:
        index.setdefault(words[0], []).append(words)
    return index


def _lengths(sequences: Iterable[Words]) -> dict[Words, frozenset[int]]:
    """How long the sequences are that begin with each two words; none has fewer: a single word tells of nobody."""
    lengths: dict[Words, set[int]] = defaultdict(set)
    for words in sequences:
        lengths[words[:2]].add(len(words))
    return {opening: frozenset(known) for opening, known in lengths.items()}


def _may_read(tale: Tale, reader: str, named: set[str]) -> set[str]:
    """Whose this may be: an address is nobody's but its reader's, whoever is introduced to them."""
    return {reader} if tale is Tale.ADDRESS else named
