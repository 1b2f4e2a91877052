"""Whom words may mean among the people on a list: made in one pass, without an object for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import chain, pairwise

from worker.domain.edition import Edition
from worker.domain.known_by import KnownBy, is_trade, known_by, tells, trades_of, turned_of_each
from worker.domain.listed import Listed
from worker.domain.person import Guest
from worker.domain.plain import plain_words_of_each, spoken_of_each


class KnownPeople:
    """By their words joined by blanks. Each process of a worker makes its own: what few mails need waits for one."""

    def __init__(self, edition: Edition, listed: Listed) -> None:
        """The people on the list of this edition."""
        self._edition, self._listed = edition, listed
        self._names, self._organisations = _names(listed), _organisations(listed)
        self._longest = _longest_by_opening(self._names.words, self._organisations.words)
        self._housed = dict[str, frozenset[str]]()

    @cached_property
    def _addresses(self) -> _Owners:
        return _Owners([address.casefold() for address in self._listed.addresses], self._listed.people)

    @cached_property
    def _trades(self) -> frozenset[str]:
        return trades_of(self._edition, self._listed.subjects)

    @cached_property
    def _places(self) -> dict[str, int]:
        """Where in the columns somebody stands."""
        return {person: place for place, person in enumerate(self._listed.people)}

    def tell_of_others(self, words: Sequence[str], than: Iterable[Guest]) -> bool:
        """Whether these words tell of anybody but these guests, whatever may allow it. Cheap: every mail is asked."""
        if not words or not self._begin_in(said := _pairs(words)):
            return False
        begun = self._longest.keys() & said
        whole = said + [
            more for here, two in enumerate(said) if two in begun for more in self._on(words, here)
        ]
        ids = {guest.person.id for guest in than}
        named, housed = self._names.words & whole, self._organisations.words & whole
        return any(self._names.are_others(name, ids) and self.named(name) for name in named) or any(
            self._organisations.are_others(house, ids) and self.housed(house) for house in housed
        )

    def words_among(self, words: Iterable[str]) -> AbstractSet[str]:
        """Which of these stand in anything of anybody. Searches the whole list: for what many mails have in common."""
        everything = f" {' '.join(chain(self._names.words, self._organisations.words))} "
        return {word for word in words if f" {word} " in everything}

    def openings_in(self, words: Sequence[str]) -> AbstractSet[str]:
        """Which two words stand here with which anything of anybody begins."""
        said = _pairs(words)
        known = (self._names.words, self._organisations.words, self._longest.keys())
        return {two for words_of in known for two in words_of & said} if self._begin_in(said) else set()

    def _begin_in(self, said: Sequence[str]) -> bool:
        names, organisations, longer = self._names.words, self._organisations.words, self._longest.keys()
        return not (names.isdisjoint(said) and organisations.isdisjoint(said) and longer.isdisjoint(said))

    def _on(self, words: Sequence[str], here: int) -> list[str]:
        """What may be somebody's of more than two words and begins here."""
        lengths = range(3, self._longest[f"{words[here]} {words[here + 1]}"] + 1)
        return [" ".join(words[here : here + length]) for length in lengths]

    def knows(self, words: str) -> bool:
        """Whether anybody on the list is called so, or an organisation, or a trade."""
        return words in self._names.words or words in self._organisations.words

    def longest(self, opening: str) -> int:
        """Of how many words anything of anybody is at most that begins with these two."""
        return self._longest.get(opening, 2)

    def named(self, words: str) -> frozenset[str]:
        """The ids of all who are called so."""
        people = self._names.of(words)
        return people if people and tells(words.split(" ")) else frozenset()

    def housed(self, words: str) -> frozenset[str]:
        """The ids of all who are told by this organisation: none, where it is a trade or a single word."""
        known = self._housed.get(words)
        if known is None:
            people, parts = self._organisations.of(words), words.split(" ")
            known = people if tells(parts) and not is_trade(parts, self._trades) else frozenset[str]()
            if people:
                self._housed[words] = known
        return known

    def reached(self, address: str) -> frozenset[str]:
        """The ids of all who have this address."""
        return self._addresses.of(address)

    def known_by(self, guest: Guest) -> KnownBy:
        """As the list has them; whoever is not on it, as they are."""
        place, listed = self._places.get(guest.person.id), self._listed
        if place is None:
            return known_by(guest.person.name, guest.person.first_name, guest.organisation, frozenset())
        return known_by(
            listed.names[place], listed.first_names[place], listed.organisations[place], self._trades
        )


class _Owners:
    """Whose words are: mostly one person's, and of some whoever else has the same."""

    def __init__(self, words: Sequence[str], people: Sequence[str]) -> None:
        """Each of these words is of the person at the same place; "" is nobody's."""
        self._said, self._people = words, people
        self._one = dict(zip(words, people, strict=True))
        self._one.pop("", None)
        self.words = self._one.keys()

    @cached_property
    def _others(self) -> dict[str, list[str]]:
        others: dict[str, list[str]] = {}
        for said, person in zip(self._said, self._people, strict=True):
            if said and self._one[said] != person:
                others.setdefault(said, []).append(person)
        return others

    def are_others(self, words: str, ids: AbstractSet[str]) -> bool:
        """Whether none of these people has these words, which are somebody's."""
        return self._one[words] not in ids and ids.isdisjoint(self._others.get(words, ()))

    def of(self, words: str) -> frozenset[str]:
        one = self._one.get(words)
        return frozenset() if one is None else frozenset([one, *self._others.get(words, ())])


def _names(listed: Listed) -> _Owners:
    """Full names as people write them: given name first, or family name first."""
    names, given = plain_words_of_each(listed.names), [*set(listed.first_names)]
    plain_given = dict(zip(given, plain_words_of_each(given), strict=True))
    orders = turned_of_each(names, map(plain_given.__getitem__, listed.first_names))
    return _Owners([*names, *orders], [*listed.people, *listed.people])


def _organisations(listed: Listed) -> _Owners:
    organisations = [*set(listed.organisations)]
    plain = dict(zip(organisations, spoken_of_each(organisations), strict=True))
    return _Owners([*map(plain.__getitem__, listed.organisations)], listed.people)


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{one} {following}" for one, following in pairwise(words)]


def _longest_by_opening(*known: Iterable[str]) -> dict[str, int]:
    """How many words the longest are that begin with each two; only where they are more than two."""
    longest: dict[str, int] = {}
    for words in chain.from_iterable(known):
        length = words.count(" ") + 1
        if length > 2:
            first, second, _ = words.split(" ", 2)
            opening = f"{first} {second}"
            if length > longest.get(opening, 2):
                longest[opening] = length
    return longest
