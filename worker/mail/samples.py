"""Invented facts of every kind, on which templates are proofread when they are loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo

from worker.domain.answer import Stance, Tally
from worker.domain.dialogue import Asked
from worker.domain.edition import Edition, Extract, Meeting, Notes, Organizer, Series, Venue
from worker.domain.facts import Facts
from worker.domain.forwarded import Forwarded
from worker.domain.inbound import Why
from worker.domain.introductions import Ground, Place, Points, Rung, Suggestion
from worker.domain.notice import HOUSE, Notice, NoticeKind
from worker.domain.person import Guest, Person, Presence
from worker.domain.portrait import Portrait
from worker.mail.links import Links

_PARIS = ZoneInfo("Europe/Paris")
_VENUE = Venue("Brasserie du Passage", "12 passage des Tilleuls, 75002 Paris")
_THIS = Meeting(
    id="cafe-2",
    number=2,
    title="Se raconter sans se vendre",
    start=datetime(2026, 11, 10, 8, 30, tzinfo=_PARIS),
    end=datetime(2026, 11, 10, 10, 0, tzinfo=_PARIS),
    venue=_VENUE,
)
_NEXT = Meeting(
    id="cafe-3",
    number=3,
    title="Oser demander un avis",
    start=datetime(2026, 12, 8, 8, 30, tzinfo=_PARIS),
    end=datetime(2026, 12, 8, 10, 0, tzinfo=_PARIS),
    venue=_VENUE,
)
_EXTRACTS = (
    Extract("On se souvient de la question que vous posez, pas de votre titre.", "Maud Tissier"),
    Extract("Une réputation, c’est ce qui se dit quand on a quitté la pièce."),
    Extract("Revenir, c’est déjà se faire connaître.", "Karim Belcourt"),
)
_NOTES = (
    Notes(),
    Notes(ready=True),
    Notes(ready=True, extracts=_EXTRACTS[:1]),
    Notes(ready=True, extracts=_EXTRACTS),
)
_SERIES = Series("cafe", "Café des Victoires", "Association Café des Victoires, 3 rue du Marché, 75002 Paris")
_EDITION = Edition(_SERIES, _THIS, (Organizer("Nadia Ferrand", "nadia@example.org"),), next=_NEXT)

_PRESENCES = (Presence.PRESENT, Presence.ABSENT)

#: Addresses such as a mail leads to.
LINKS = Links(
    "https://cafe.example.org/stop/x",
    "reponse@cafe.example.org",
    "https://cafe.example.org/me/x",
    rsvp="https://cafe.example.org/rsvp/x",
    introductions="https://cafe.example.org/introduction/x",
)


def _guest(name: str, organisation: str, sector: str, *interests: str) -> Guest:
    first_name = name.split(" ", maxsplit=1)[0]
    person = Person(first_name.casefold()[:4] or "anon", name, first_name, "someone@example.org")
    return Guest(person, Presence.PRESENT, organisation=organisation, sector=sector, interests=interests)


_INES = _guest("Inès Garçon", "Clinique du Parc", "santé", "open data", "écriture")
_THEO = _guest("Théo Lefèvre", "", "énergie", "sobriété")
_MAUD = _guest("Maud Tissier", "Atelier Nord", "design", "écriture")
_NEW = _guest("Lou Marchetti", "", "")
_KARIM = _guest("Karim Belcourt", "Belcourt Conseil", "design", "Open data", "Écriture")
_NAMELESS = _guest("", "", "")
_DAY = date(2026, 11, 20)
_DESCRIBED = (
    (Asked(1, Portrait("santé", "open data")),),
    (Asked(1, Portrait("", "open data")), Asked(2, Portrait("santé"))),
    (Asked(1), Asked(2, Portrait("énergie", "sobriété")), Asked(3)),
)
_PARTNERS = ((), (_INES,), (_INES, _THEO), (_MAUD, _NEW, _INES))


@cache
def samples() -> tuple[Facts, ...]:
    """Every kind of guest, edition and notice that a template may meet."""
    own = (*_of_guests(), *_of_notices(), *_of_answers(), *_of_changes())
    return (*own, *_of_forwards(), *_of_introductions())


def _of_introductions() -> Iterator[Facts]:
    """Each reason for a name, each coarseness of a description; with a next Café and without, first time or not."""
    nowhere = replace(_EDITION, next=None)
    for guest, edition in product((_KARIM, _NAMELESS), (_EDITION, nowhere)):
        for described in _DESCRIBED:
            yield Facts(edition, guest, described=described, by=_DAY)
        yield Facts(
            edition, guest, 3, (_INES, _THEO), place=_place((Ground.SAME_TABLE,), (Ground.FIRST_TIME,))
        )
    for ground, visits in product(Ground, (0, 3)):
        yield Facts(_EDITION, _KARIM, visits, (_INES,), place=_place((ground,)), by=_DAY)


def _place(*grounds: tuple[Ground, ...]) -> Place:
    said = (Suggestion("a", "b", Points(), each, "écriture") for each in grounds)
    return Place("karim", Rung.MATCHED, tuple(said))


def _of_changes() -> Iterator[Facts]:
    elsewhere = Venue("Café de la Gare", "1 place de la Gare, 75012 Paris")
    earlier = (
        replace(_NEXT, start=_NEXT.start - timedelta(minutes=30), end=_NEXT.end - timedelta(minutes=30)),
        replace(_NEXT, start=_NEXT.start - timedelta(days=7), end=_NEXT.end - timedelta(days=7)),
        replace(_NEXT, venue=elsewhere, title="Oser demander"),
        replace(_NEXT, start=_NEXT.start - timedelta(days=1, hours=1), venue=elsewhere, revision=-1),
    )
    for was, guest in product(earlier, (_KARIM, _NAMELESS)):
        yield Facts(_EDITION, guest, was=was)
        yield Facts(_EDITION, guest, off=was)


def _of_forwards() -> Iterator[Facts]:
    whole = Forwarded(
        mail="m3kq7zt2ab",
        why=Why.WORDS,
        sender="Inès Garçon",
        subject="Une question",
        words="Bonjour,\n\nJ’aimerais amener une amie mardi.",
        writer="someone@example.org",
        content=b"Subject: x",
    )
    for why in (Why.WORDS, Why.COUNTER, Why.DELEGATED, Why.FORWARDED, Why.ASKS_AGAIN):
        bare = replace(whole, why=why, sender="", subject="", words="", writer="", content=b"")
        yield Facts(_EDITION, _KARIM, forwarded=replace(whole, why=why))
        yield Facts(_EDITION, _NAMELESS, forwarded=bare)


def _of_answers() -> Iterator[Facts]:
    for tally in (Tally(), Tally(yes=1, none=1), Tally(yes=12, maybe=2, no=3, older=4, none=5)):
        yield Facts(_EDITION, _KARIM, tally=tally)


def _of_guests() -> Iterator[Facts]:
    notes_and_next = product(_NOTES, (_NEXT, None))
    editions = [replace(_EDITION, notes=notes, next=following) for notes, following in notes_and_next]
    guests = [replace(who, presence=there) for who in (_KARIM, _NAMELESS) for there in _PRESENCES]
    for edition, guest, earlier_visits in product(editions, guests, (0, 1, 4)):
        yield Facts(edition, guest, earlier_visits)
    for guest, answered in product((_KARIM, _NAMELESS), Stance):
        yield Facts(_EDITION, guest, answered=answered)
    for guest, partners in product((_KARIM, _NAMELESS), _PARTNERS):
        yield Facts(_EDITION, guest, partners=partners)


def _of_notices() -> Iterator[Facts]:
    nothing: Mapping[str, str] = {}
    details = {
        "reply": "535 5.7.8 refused",
        "messages": "3",
        "key": "cafe-2.nudge.karim",
        "because": "line 7: …",
    }
    for kind, edition, known in product(NoticeKind, (HOUSE, "cafe-2"), (nothing, details)):
        yield Facts(_EDITION, _KARIM, notice=Notice(edition, kind, _THIS.end, details=known))
    yield Facts(_EDITION, _NAMELESS, notice=Notice(HOUSE, NoticeKind.DOUBTS, _THIS.end))
