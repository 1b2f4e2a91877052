"""« Qui avez-vous rencontré ? »: names that somebody wrote become wishes; what is unclear waits for an organizer."""

from __future__ import annotations

from collections.abc import Iterable

from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.mentions import mentioned
from worker.domain.notice import NoticeKind
from worker.domain.person import Guest, Presence
from worker.domain.unclear import UnclearName
from worker.services.notify import notify
from worker.services.tools import Tools

#: Longest name that is kept to be asked about.
_LONGEST = 60


def note_people_met(tools: Tools, edition: Edition, person: str, text: str) -> bool:
    """Keep whom this person would like to see again; True when the text named anybody at all.

    Whether a name was found is not told to whoever wrote it: it would tell who was there.
    """
    guests = tools.store.guests(edition.id)
    there = [g for g in guests.values() if g.presence is Presence.PRESENT and g.person.id != person]
    writer = [guests[person].person.name] if person in guests else []
    found = mentioned(text, there, [*writer, *(organizer.name for organizer in edition.organizers)])
    for guest in found.people:
        tools.store.wish(edition.id, person, guest.person.id)
    now = tools.store.now()
    for unclear in found.unclear:
        candidates = tuple(guest.person.id for guest in unclear.candidates)
        tools.store.keep_unclear(edition.id, UnclearName(person, unclear.written[:_LONGEST], now, candidates))
    tell_what_is_unclear(tools, edition.id)
    return bool(found.people or found.unclear)


def tell_what_is_unclear(tools: Tools, edition_id: str) -> None:
    """A notice while names wait for an organizer; closed with the last one."""
    waiting = tools.store.unclear_names(edition_id)
    if waiting:
        notify(tools, edition_id, NoticeKind.UNCLEAR_NAMES, {"names": str(len(waiting))})
    else:
        tools.store.close_notice(edition_id, NoticeKind.UNCLEAR_NAMES)


def clear_up(tools: Tools, edition_id: str, unclear: UnclearName, meant: Iterable[Guest]) -> None:
    """An organizer says who was meant (nobody is an answer too); Refused for somebody who was not there."""
    people = list(meant)
    absent = next((guest for guest in people if guest.presence is not Presence.PRESENT), None)
    if absent is not None:
        raise Refused(f"{absent.person.name} was not there: say somebody who was, or nobody")
    for guest in people:
        tools.store.wish(edition_id, unclear.person, guest.person.id)
    tools.store.clear(edition_id, unclear)
    tell_what_is_unclear(tools, edition_id)


def unclear_named(tools: Tools, edition_id: str, written: str, person: str = "") -> UnclearName:
    """The name that waits, as it was written; Refused when there is none, or several people wrote it."""
    waiting = [
        each
        for each in tools.store.unclear_names(edition_id)
        if each.written.casefold() == written.casefold() and person in {"", each.person}
    ]
    if not waiting:
        raise Refused(f"no name {written!r} waits: see apres introduce unclear {edition_id}")
    if len(waiting) > 1:
        raise Refused(f"several people wrote {written!r}: say whose it is with --by")
    return waiting[0]
