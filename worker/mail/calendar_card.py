"""What a person wants to see of an iMIP part (RFC 6047): the occasion, its moments and who is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from icalendar import Calendar, Component


@dataclass(frozen=True, slots=True)
class CalendarCard:
    """The first VEVENT of a calendar. Moments are in the event's own zone; a plain date is a whole day."""

    method: str
    title: str
    starts: datetime | date | None
    ends: datetime | date | None
    place: str
    organizer: str
    attendees: tuple[str, ...]
    uid: str
    sequence: int


def read_card(ics: bytes) -> CalendarCard | None:
    """The card, or None when this is not a calendar with an event that can be read."""
    try:
        # Bytes: a text without a line break is taken for the path of a file and read from the disk (icalendar 7.3.0).
        calendar = Calendar.from_ical(ics)
        return _card(calendar, calendar.walk("VEVENT")[0])
    except Exception:  # noqa: BLE001 - on 681 real calendars icalendar raised ValueError and AttributeError alike
        return None


def _card(calendar: Component, event: Component) -> CalendarCard:
    return CalendarCard(
        method=str(calendar.get("METHOD", "")).upper(),
        title=str(event.get("SUMMARY", "")),
        starts=_moment(event.get("DTSTART")),
        ends=_end(event),
        place=str(event.get("LOCATION", "")),
        organizer=_person(event.get("ORGANIZER")),
        attendees=tuple(_person(who) for who in _several(event.get("ATTENDEE"))),
        uid=str(event.get("UID", "")),
        sequence=int(event.get("SEQUENCE", 0)),
    )


def _moment(value: Any) -> datetime | date | None:
    moment = getattr(value, "dt", None)
    return moment if isinstance(moment, date) else None


def _end(event: Component) -> datetime | date | None:
    starts, lasts = _moment(event.get("DTSTART")), event.get("DURATION")
    if lasts is not None and starts is not None:
        ends: datetime | date = starts + lasts.dt
        return ends
    return _moment(event.get("DTEND"))


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _person(value: Any) -> str:
    if value is None:
        return ""
    address = str(value)
    address = address[7:] if address.lower().startswith("mailto:") else address
    name = str(getattr(value, "params", {}).get("CN", ""))
    return f"{name} <{address}>" if name and name != address else address
