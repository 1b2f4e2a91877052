"""The calendar of a series, for whoever subscribes to it (RFC 5546 §3.2.1): METHOD:PUBLISH, nobody's name in it.

Nor an ORGANIZER: people are not asked by it, and clients that see one offer to answer (research: calendar, section 1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vDuration

from worker.domain.edition import Meeting, Series
from worker.mail.encoded_word import clean
from worker.mail.invite import PRODID, uri, whole_second
from worker.mail.timezone import timezone
from worker.mail.typography import for_header, typeset

PUBLISH = "PUBLISH"

_REFRESH = vDuration(timedelta(hours=6))
_WORDS = {
    "fr": ("ANNULÉ : ", "Ce Café n’aura pas lieu."),
    "en": ("CANCELLED: ", "This Café does not take place."),
}
LANGUAGES = tuple(_WORDS)


@dataclass(frozen=True, slots=True)
class Feed:
    """What one file says. `domain` makes UIDs; `stamp` is when it was written, UTC."""

    series: Series
    meetings: tuple[Meeting, ...]
    language: str
    domain: str
    stamp: datetime


def feed(wanted: Feed) -> bytes:
    """The file: its meetings in the order of their start, one VTIMEZONE for each zone that two yearly rules explain."""
    calendar, name = Calendar(), clean(wanted.series.name)
    for key, value in (
        ("PRODID", PRODID),
        ("VERSION", "2.0"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", PUBLISH),
        ("NAME", name),
        ("X-WR-CALNAME", name),
    ):
        calendar.add(key, value)
    calendar.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT6H")
    zones = _zones(wanted.meetings)
    for _, component in sorted(zones.items()):
        calendar.add_component(component)
    for meeting in sorted(wanted.meetings, key=lambda meeting: meeting.start):
        zone = meeting.zone if meeting.zone.key in zones else UTC
        calendar.add_component(_event(wanted, meeting, zone))
    return bytes(calendar.to_ical())


def says_the_same(one: bytes, other: bytes) -> bool:
    """Whether two files differ in nothing but the moment they were written."""
    return _undated(one) == _undated(other)


def _undated(ics: bytes) -> list[bytes]:
    return [line for line in ics.split(b"\r\n") if not line.startswith(b"DTSTAMP:")]


def _zones(meetings: Iterable[Meeting]) -> dict[str, Timezone]:
    """A zone whose rules change between two of its meetings is left out: those are written in UTC."""
    found: dict[str, list[Timezone | None]] = {}
    for meeting in meetings:
        found.setdefault(meeting.zone.key, []).append(timezone(ZoneInfo(meeting.zone.key), meeting.start))
    return {
        key: first
        for key, (first, *others) in found.items()
        if first is not None
        and all(other is not None and other.to_ical() == first.to_ical() for other in others)
    }


def _event(wanted: Feed, meeting: Meeting, zone: tzinfo) -> Event:
    event, series = Event(), wanted.series
    off, sorry = _WORDS[wanted.language]
    title = f"{series.name} n° {meeting.number}" + (f" · {meeting.title}" if meeting.title else "")
    lines = (
        ("UID", f"{meeting.id}@{wanted.domain}"),
        ("DTSTAMP", whole_second(wanted.stamp)),
        ("SEQUENCE", meeting.revision),
        ("DTSTART", meeting.start.astimezone(zone)),
        ("DTEND", meeting.end.astimezone(zone)),
        (
            "SUMMARY",
            clean(for_header(typeset(off, wanted.language)) + title if meeting.called_off else title),
        ),
        ("LOCATION", clean(f"{meeting.venue.name}, {meeting.venue.address}")),
        ("STATUS", "CANCELLED" if meeting.called_off else "CONFIRMED"),
        ("TRANSP", "TRANSPARENT" if meeting.called_off else "OPAQUE"),
        ("CLASS", "PUBLIC"),
    )
    for name, value in lines:
        event.add(name, value)
    if meeting.called_off:
        event.add("DESCRIPTION", sorry)
    if meeting.past:
        event.add("LAST-MODIFIED", whole_second(meeting.past[-1].until))
    if series.url:
        event.add("URL", uri(series.url))
    return event
