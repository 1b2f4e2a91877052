"""Who stands behind a message key."""

from __future__ import annotations

from worker.domain.edition import Edition
from worker.domain.person import Guest
from worker.services.tools import Tools, as_guest


def everybody(tools: Tools, edition: Edition) -> dict[str, Guest]:
    """Guests and organizers by person id."""
    organizers = (as_guest(tools, organizer) for organizer in edition.organizers)
    return {guest.person.id: guest for guest in organizers} | dict(tools.store.guests(edition.id))


def name_of(people: dict[str, Guest], person: str) -> str:
    """The name to show, or the address of somebody without one, or the id of somebody taken off the list."""
    guest = people.get(person)
    return (guest.person.name or guest.person.address) if guest else person
