"""What somebody is known by: the orders of their name, its longer parts, an organisation that tells who they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from worker.domain.edition import Edition, Meeting
from worker.domain.plain import plain_words, plain_words_of_each, spoken

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


def known_by(name: str, first_name: str, organisation: str, trades: frozenset[str]) -> KnownBy:
    """Of somebody on the list of an edition with these `trades_of`."""
    words, given, house = (
        tuple(plain_words(name)),
        tuple(plain_words(first_name)),
        tuple(spoken(organisation)),
    )
    family = words[len(given) :] if given and words[: len(given)] == given else ()
    orders = (words, family + given) if family else (words,)
    return KnownBy(
        orders if tells(words) else (),
        tuple(part for part in (given, family) if len(part) > 1),
        house if tells(house) and not is_trade(house, trades) else (),
    )


def turned_of_each(names: Iterable[str], first_names: Iterable[str]) -> list[str]:
    """Full names with the family name first, as people write them too; "" where the first name does not begin it.

    All as plain words joined by blanks.
    """
    return [
        f"{name[len(first) + 1 :]} {first}" if first and name.startswith(f"{first} ") else ""
        for name, first in zip(names, first_names, strict=True)
    ]


def tells(words: Iterable[str]) -> bool:
    """Whether they can tell who somebody is: a single word never does, nor one with initials."""
    return sum(len(word) > 1 for word in words) > 1


def is_trade(organisation: Iterable[str], trades: frozenset[str]) -> bool:
    """Whether an organisation is called as a trade is, marks aside."""
    return " ".join([word for word in organisation if word.isalnum()]) in trades


def trades_of(edition: Edition, subjects: Iterable[str]) -> frozenset[str]:
    """What an organisation may be called and yet tell of nobody: a trade, a subject, a way to say "none"."""
    said = [entry for line in _NOBODYS.splitlines() for entry in line.split("|")]
    said += [meeting.title for meeting in (edition.meeting, edition.next) if meeting]
    return frozenset(plain_words_of_each([*said, *subjects]))


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
