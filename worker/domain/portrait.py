"""How somebody is described to another person without being named: by what several people there have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from worker.domain.person import Guest, Presence

#: So many people present, the reader aside, must answer to a description, unless the edition says otherwise.
CROWD = 3


@dataclass(frozen=True, slots=True)
class Portrait:
    """A sector, an interest that the reader shares, both or neither: « une personne présente ce matin-là »."""

    sector: str = ""
    interest: str = ""


#: Says nothing at all.
ANYBODY = Portrait()


class Room:
    """Who was there, counted by what a description could say of them. Made once for all portraits of an edition."""

    def __init__(self, guests: Iterable[Guest]) -> None:
        """Count the people present among them."""
        there = [guest for guest in guests if guest.presence is Presence.PRESENT]
        self._there = frozenset(guest.person.id for guest in there)
        self._answering = Counter(each for guest in there for each in _descriptions(guest))

    def answering(self, portrait: Portrait, reader: Guest) -> int:
        """How many people it may be, as the reader sees it: everybody there whom it fits, but the reader."""
        wanted = (folded(portrait.sector), folded(portrait.interest))
        own = reader.person.id in self._there and wanted in _descriptions(reader)
        return self._answering[wanted] - own


def portrait(reader: Guest, other: Guest, room: Room, crowd: int = CROWD) -> Portrait:
    """The most that can be said of `other` to `reader` while it fits a crowd: coarser and coarser, then nothing."""
    shared = _shared(reader, other, room)
    levels = (
        *(Portrait(other.sector, interest) for interest in shared if folded(other.sector)),
        *(Portrait("", interest) for interest in shared),
        *((Portrait(other.sector),) if folded(other.sector) else ()),
    )
    return next((each for each in levels if room.answering(each, reader) >= crowd), ANYBODY)


def _shared(reader: Guest, other: Guest, room: Room) -> list[str]:
    """The interests of both in the words of the other, the rarest in the room first."""
    own = {folded(interest) for interest in reader.interests}
    common = {folded(each): each for each in other.interests if folded(each) in own and folded(each)}
    rarity = {word: room.answering(Portrait("", word), reader) for word in common}
    return [common[word] for word in sorted(common, key=lambda word: (rarity[word], word))]


def _descriptions(guest: Guest) -> Collection[tuple[str, str]]:
    """All that a portrait could say of somebody: each sector with each interest, one of them, neither."""
    interests = {"", *(folded(interest) for interest in guest.interests)}
    return {(sector, interest) for sector in ("", folded(guest.sector)) for interest in interests}


def folded(words: str) -> str:
    """Sectors and interests are compared without case and outer space."""
    return " ".join(words.casefold().split())
