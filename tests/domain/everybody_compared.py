"""The oracle of the circle: every person of a list compared with every place of a text, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from worker.domain.circle import Tale
from worker.domain.edition import Edition
from worker.domain.known_by import KnownBy, Words, public_words, trades_of
from worker.domain.person import Guest
from worker.domain.plain import plain_words, spoken

Finding = tuple[Tale, frozenset[str]]


class EverybodyCompared:
    """What `domain.circle.Circle` finds, without an index."""

    def __init__(self, edition: Edition, guests: Sequence[Guest]) -> None:
        subjects = [subject for guest in guests for subject in (guest.sector, *guest.interests)]
        trades = trades_of(edition, ()) | {" ".join(plain_words(subject)) for subject in subjects}
        self.public = list(public_words(edition))
        self.known = {guest.person.id: _known_by(guest, trades) for guest in guests}

    def told(self, shared: str, runs: Sequence[Sequence[str]], may_tell: Sequence[Guest]) -> list[Finding]:
        """All names and organisations that these words tell of somebody else."""
        ids = {guest.person.id for guest in may_tell}
        own = [self.known.get(guest.person.id) or _known_by(guest, frozenset()) for guest in may_tell]
        names = [words for one in own for words in (*one.names, *one.parts)]
        houses = [one.organisation for one in own if one.organisation]
        found = [
            *self._in(spoken(shared), [], []),
            *(one for run in runs for one in self._in(run, names, houses)),
        ]
        return [(tale, people) for tale, people in found if not people & ids]

    def _in(self, words: Sequence[str], names: list[Words], houses: list[Words]) -> Iterator[Finding]:
        here, in_house = 0, 0
        while here < len(words):
            if allowed := _longest(words, here, names) or _longest(words, here, self.public):
                here += allowed
                continue
            in_house = max(in_house, here + _longest(words, here, houses))
            for end in range(here + 1, len(words) + 1):
                found = self._called(tuple(words[here:end]))
                yield from (one for one in found if one[0] is Tale.NAME or here >= in_house)
            here += 1

    def _called(self, words: Words) -> Iterator[Finding]:
        named = frozenset(person for person, one in self.known.items() if words in one.names)
        housed = frozenset(person for person, one in self.known.items() if words == one.organisation)
        if named:
            yield Tale.NAME, named
        if housed:
            yield Tale.ORGANISATION, housed


def _longest(words: Sequence[str], here: int, known: list[Words]) -> int:
    return max((len(one) for one in known if tuple(words[here : here + len(one)]) == one), default=0)


def _known_by(guest: Guest, trades: frozenset[str]) -> KnownBy:
    """One by one, by the definition."""
    words, given = tuple(plain_words(guest.person.name)), tuple(plain_words(guest.person.first_name))
    organisation = tuple(spoken(guest.organisation))
    begins = bool(given) and words[: len(given)] == given
    orders = {words, words[len(given) :] + given} if begins else {words}
    parts = (given, words[len(given) :] if begins else ())
    told = _tells(organisation) and " ".join(plain_words(guest.organisation)) not in trades
    return KnownBy(
        tuple(orders) if _tells(words) else (),
        tuple(part for part in parts if len(part) > 1),
        organisation if told else (),
    )


def _tells(words: Words) -> bool:
    return len([word for word in words if len(word) > 1]) > 1
