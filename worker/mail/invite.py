"""The calendar invitation (RFC 5545, 5546, 6047): one VEVENT, one ATTENDEE, who is the recipient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vText

from worker.domain.edition import Meeting
from worker.domain.errors import ComposeFailed
from worker.domain.person import Guest
from worker.mail.encoded_word import clean
from worker.mail.headers import addr_spec
from worker.mail.timezone import timezone

PRODID = "-//Apres//Cafe des Victoires//FR"
REQUEST = "REQUEST"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What one guest's calendar gets. `uid` and `organizer` carry that guest's secret tokens; `stamp` is UTC.

    `meeting.revision` is SEQUENCE: small, one for the edition, grown when time or place changes (RFC 5546 §2.1.4).
    """

    meeting: Meeting
    guest: Guest
    uid: str
    organizer: str
    organizer_name: str
    summary: str
    description: str
    stamp: datetime
    url: str = ""


def request(invitation: Invitation) -> bytes:
    """The METHOD:REQUEST calendar: CRLF, lines of at most 75 octets, the same bytes for the same invitation.

    Raises TypeError for a meeting whose moments carry no zone, ComposeFailed for one that ends before it starts.
    """
    calendar = Calendar()
    for name, value in (
        ("PRODID", PRODID),
        ("VERSION", "2.0"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", REQUEST),
    ):
        calendar.add(name, value)
    meeting = invitation.meeting
    zone = timezone(meeting.zone, meeting.start)
    if zone is not None:
        calendar.add_component(zone)
    calendar.add_component(_event(invitation, *_span(meeting, UTC if zone is None else meeting.zone)))
    return bytes(calendar.to_ical())


def _span(meeting: Meeting, zone: tzinfo) -> tuple[datetime, datetime]:
    """Start and end in the one zone that the calendar explains; a naive end would float with its reader's clock."""
    if meeting.end.utcoffset() is None:
        raise TypeError("a meeting's end carries its zone")
    if meeting.end <= meeting.start:
        raise ComposeFailed("the next edition ends before it starts: correct [next] in the edition file")
    return meeting.start.astimezone(zone), meeting.end.astimezone(zone)


def _event(invitation: Invitation, start: datetime, end: datetime) -> Event:
    meeting, event = invitation.meeting, Event()
    stamp = invitation.stamp.astimezone(UTC).replace(microsecond=0)
    lines = (
        ("UID", invitation.uid),
        ("DTSTAMP", stamp),
        ("SEQUENCE", meeting.revision),
        ("DTSTART", start),
        ("DTEND", end),
        ("SUMMARY", _text(invitation.summary)),
        ("LOCATION", _text(f"{meeting.venue.name}, {meeting.venue.address}")),
        ("DESCRIPTION", _paragraphs(invitation.description)),
        ("CREATED", stamp),
        ("LAST-MODIFIED", stamp),
        ("STATUS", "CONFIRMED"),
        ("TRANSP", "OPAQUE"),
        ("CLASS", "PUBLIC"),
        ("X-MICROSOFT-DISALLOW-COUNTER", "TRUE"),
    )
    for name, value in lines:
        event.add(name, value)
    if invitation.url:
        event.add("URL", _uri(invitation.url))
    event["ORGANIZER"] = _organizer(invitation)
    event["ATTENDEE"] = _attendee(invitation.guest)
    return event


def _organizer(invitation: Invitation) -> vCalAddress:
    address = vCalAddress(f"mailto:{addr_spec(invitation.organizer)}")
    address.params["CN"] = vText(_name(invitation.organizer_name))
    return address


def _attendee(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{addr_spec(guest.person.address)}")
    name = _name(guest.person.name) or addr_spec(guest.person.address)
    for parameter, value in (
        ("CN", name),
        ("CUTYPE", "INDIVIDUAL"),
        ("PARTSTAT", "NEEDS-ACTION"),
        ("ROLE", "REQ-PARTICIPANT"),
        ("RSVP", "TRUE"),
    ):
        address.params[parameter] = vText(value)
    return address


def _name(text: str) -> str:
    # RFC 6868 escapes of " and ^ make sabre/vobject 2.1.7 refuse the whole file: do without both.
    return clean(text).replace('"', "'").replace("^", " ").strip()


def _uri(text: str) -> str:
    """RFC 3986 characters only: nothing that ends a line."""
    return quote(text, safe=":/?#[]@!$&'()*+,;=%~", errors="replace")


def _text(text: str) -> str:
    return clean(text)


def _paragraphs(text: str) -> str:
    return "\n".join(clean(line) for line in text.splitlines())
