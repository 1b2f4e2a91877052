"""Invented people and editions for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from worker.domain.edition import Edition, Extract, Meeting, Notes, Organizer, Series, Venue
from worker.domain.person import Consent, Guest, Person, Presence

PARIS = ZoneInfo("Europe/Paris")
SERIES = Series("cafe", "Café des Victoires", "4 place des Victoires, 75002 Paris")
VENUE = Venue("Le Petit Victoire", "4 place des Victoires, 75002 Paris")
HOST = Organizer("Paule Renan", "paule@cafe.example.org")


def meeting(number: int, start: datetime) -> Meeting:
    """One Café of an hour and a half."""
    return Meeting(
        f"cafe-{number}", number, "La marque personnelle", start, start + timedelta(minutes=90), VENUE
    )


def cafe(number: int, *, notes: Notes | None = None) -> Edition:
    """The edition of this number; number 12 is on Tuesday 8 December 2026, 8:30 in Paris."""
    start = datetime(2026, 12, 8, 8, 30, tzinfo=PARIS) + timedelta(weeks=4 * (number - 12))
    following = meeting(number + 1, start + timedelta(weeks=5))
    ready = Notes(ready=True, extracts=(Extract("On se présente mieux en posant une question."),))
    return Edition(SERIES, meeting(number, start), (HOST,), notes=notes or ready, next=following)


def guest(
    name: str,
    *,
    presence: Presence = Presence.UNKNOWN,
    introduced: Consent = Consent.NOT_ASKED,
    language: str = "fr",
) -> Guest:
    """Somebody whose id and address are their first name."""
    person = name.lower()
    return Guest(
        Person(person, f"{name} Test", name, f"{person}@example.org", language), presence, introduced
    )
