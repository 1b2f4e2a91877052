"""What somebody is known by: the orders of their name, its longer parts, an organisation that tells who they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from worker.domain.edition import Edition, Meeting
from worker.domain.person import Guest
from worker.domain.plain import plain_words, spoken

Words = tuple[str, ...]

#: How people without one fill in their organisation; it says nothing of anybody.
_NOBODYS = """
auto-entrepreneur | auto-entrepreneuse | micro-entreprise | micro-entrepreneur | micro-entrepreneuse | à mon compte
profession libérale | travailleur indépendant | travailleuse indépendante | sans emploi | en poste | en recherche
en recherche d’emploi | recherche d’emploi | demandeur d’emploi | demandeuse d’emploi | en reconversion | en transition
entre deux | self employed | between jobs | looking for work | job seeker | not applicable | n/a
"""


@dataclass(frozen=True, slots=True)
class KnownBy:
    """What one person may be told by; `parts` are a given or a family name of several words."""

    names: tuple[Words, ...]
    parts: tuple[Words, ...]
    organisation: Words


def known_by(guest: Guest, trades: frozenset[Words]) -> KnownBy:
    """Of somebody on the list of an edition with these `trades_of`."""
    organisation = tuple(spoken(guest.organisation))
    telling = (
        sum(len(word) > 1 for word in organisation) > 1
        and tuple(plain_words(guest.organisation)) not in trades
    )
    names = tuple(_orders(guest.person.name, guest.person.first_name))
    return KnownBy(
        names, tuple(_parts(guest.person.name, guest.person.first_name)), organisation if telling else ()
    )


def _parts(name: str, first_name: str) -> Iterator[Words]:
    words, given = tuple(plain_words(name)), tuple(plain_words(first_name))
    family = words[len(given) :] if given and words[: len(given)] == given else ()
    yield from (part for part in (given, family) if len(part) > 1)


def trades_of(edition: Edition, guests: Iterable[Guest]) -> frozenset[Words]:
    """What an organisation may be called and yet tell of nobody: a trade, a subject, a way to say "none"."""
    said = [entry for line in _NOBODYS.splitlines() for entry in line.split("|")]
    said += [meeting.title for meeting in (edition.meeting, edition.next) if meeting]
    said += [word for guest in guests for word in (guest.sector, *guest.interests)]
    return frozenset(tuple(plain_words(words)) for words in set(said))


def _orders(name: str, first_name: str) -> Iterator[Words]:
    """A full name as people write it: given name first, or family name first."""
    words, given = tuple(plain_words(name)), tuple(plain_words(first_name))
    if sum(len(word) > 1 for word in words) < 2:
        return
    yield words
    if given and words[: len(given)] == given and len(words) > len(given):
        yield words[len(given) :] + given


def public_words(edition: Edition) -> Iterator[Words]:
    """Organizers, places, the series, and whoever agreed to be quoted."""
    meetings = [edition.meeting, *([edition.next] if edition.next else [])]
    texts = [
        edition.series.name,
        edition.series.postal_address,
        *(organizer.name for organizer in edition.organizers),
        *(extract.author for extract in edition.notes.extracts),
        *(text for meeting in meetings for text in _places(meeting)),
    ]
    return (words for text in texts if len(words := tuple(plain_words(text))) > 1)


def _places(meeting: Meeting) -> Iterator[str]:
    for venue in (meeting.venue, *(version.venue for version in meeting.past)):
        yield venue.name
        yield from venue.address.split(",")
        yield venue.address
