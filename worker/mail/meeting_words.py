"""One Café as templates speak of it: its day, hour and place in the reader's language."""

from __future__ import annotations

from worker.domain.edition import Edition, Meeting
from worker.mail import dates
from worker.mail.slots import visible
from worker.mail.typography import typeset


def meeting_words(meeting: Meeting, edition: Edition, language: str, reader_zone: str) -> dict[str, object]:
    """The words of a meeting; `zone` only for a reader whose clock shows something else."""
    elsewhere = reader_zone not in {"", meeting.zone.key}
    return {
        "number": meeting.number,
        "title": typeset(visible(meeting.title), edition.language),
        "date": dates.date_words(meeting.start, language),
        "day": dates.day_words(meeting.start, language),
        "weekday": dates.weekday_words(meeting.start, language),
        "hour": dates.hour_words(meeting.start, language),
        "hours": dates.span_words(meeting.start, meeting.end, language),
        "zone": dates.zone_words(meeting.zone, language) if elsewhere else "",
        "venue": visible(meeting.venue.name),
        "address": visible(meeting.venue.address),
    }
