"""A Café that moves, changes its words, or does not take place: what its calendars must be told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from worker.domain.edition import Meeting, Venue, Version


@dataclass(frozen=True, slots=True)
class Details:
    """What somebody wants to be so; None stays as it is."""

    title: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    venue: Venue | None = None


def changed(meeting: Meeting, details: Details, at: datetime) -> Meeting:
    """The meeting with these details; the same one when nothing differs. Moved without an end, it lasts as long.

    SEQUENCE grows for another hour or address, which asks people again; for a title or the name of a room it stays
    (RFC 5546 §2.1.4; measured: clients then keep the answer).
    """
    start = details.start or meeting.start
    end = details.end or start + (meeting.end - meeting.start)
    after = replace(
        meeting,
        title=meeting.title if details.title is None else details.title,
        start=start,
        end=end,
        venue=details.venue or meeting.venue,
    )
    if after == meeting:
        return meeting
    asks_again = (start, end, after.venue.address) != (meeting.start, meeting.end, meeting.venue.address)
    return replace(after, revision=meeting.revision + asks_again, past=_past(meeting, at))


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody whose invitation was taken back, and perhaps given again, `since` then.

    Each time it is given again begins a `turn`, whose calendar entry has a UID of its own: clients remember what they
    were told to drop.
    """

    since: datetime
    turn: int = 0
    taken: bool = True


def called_off(meeting: Meeting, at: datetime) -> Meeting:
    """It does not take place: SEQUENCE grows, for good."""
    return replace(meeting, called_off=True, revision=meeting.revision + 1, past=_past(meeting, at))


def _past(meeting: Meeting, at: datetime) -> tuple[Version, ...]:
    said = Version(meeting.title, meeting.start, meeting.end, meeting.venue, meeting.revision, at)
    return (*meeting.past, said)
