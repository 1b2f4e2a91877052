"""The calendar invitation (RFC 5545, 5546, 6047): one VEVENT, one ATTENDEE, who is the recipient."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vText

from worker.domain.edition import Meeting
from worker.domain.errors import ComposeFailed
from worker.domain.person import Guest
from worker.domain.value import value
from worker.mail.encoded_word import clean
from worker.mail.headers import mailto, recipient_spec
from worker.mail.timezone import timezone

PRODID = "-//Apres//Cafe des Victoires//FR"
REQUEST = "REQUEST"
#: What ATTENDEE says besides the name (RFC 5545 §3.2): a person who has not answered yet, and is asked to.
ASKED = {"CUTYPE": "INDIVIDUAL", "PARTSTAT": "NEEDS-ACTION", "ROLE": "REQ-PARTICIPANT", "RSVP": "TRUE"}


@value(frozen=True, slots=True)
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
    return bytes(unwritten(invitation).to_ical(sorted=False))


def unwritten(invitation: Invitation) -> Calendar:
    """The same calendar, its lines not yet written out."""
    calendar = Calendar()
    for name, said in (
        ("PRODID", PRODID),
        ("VERSION", "2.0"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", REQUEST),
    ):
        calendar.add(name, said)
    meeting = invitation.meeting
    zone = timezone(meeting.zone, meeting.start)
    if zone is not None:
        calendar.add_component(zone)
    calendar.add_component(_event(invitation, *_span(meeting, UTC if zone is None else meeting.zone)))
    return calendar


def _span(meeting: Meeting, zone: tzinfo) -> tuple[datetime, datetime]:
    """Start and end in the one zone that the calendar explains; a naive end would float with its reader's clock."""
    if meeting.end.utcoffset() is None:
        raise TypeError("a meeting's end carries its zone")
    if meeting.end <= meeting.start:
        raise ComposeFailed("the next edition ends before it starts: correct [next] in the edition file")
    return meeting.start.astimezone(zone), meeting.end.astimezone(zone)


def _event(invitation: Invitation, start: datetime, end: datetime) -> Event:
    meeting, event = invitation.meeting, Event()
    stamp = whole_second(invitation.stamp)
    lines = (
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
    for name, said in lines:
        event.add(name, said)
    if invitation.url:
        event.add("URL", uri(invitation.url))
    # The guest's own lines stand last: all before them is the same for everybody (`calendar_frame`).
    event.add("UID", invitation.uid)
    event["ORGANIZER"] = _user(invitation.organizer, {"CN": safe_name(invitation.organizer_name)})
    event["ATTENDEE"] = _user(
        invitation.guest.person.address, {"CN": attendee_name(invitation.guest), **ASKED}
    )
    return event


def whole_second(stamp: datetime) -> datetime:
    """The stamp as calendars write it: UTC, without fractions."""
    return stamp.astimezone(UTC).replace(microsecond=0)


def attendee_name(guest: Guest) -> str:
    """The CN of a guest: the name, or the address of somebody without one."""
    return safe_name(guest.person.name) or recipient_spec(guest.person.address)


def _user(address: str, parameters: Mapping[str, str]) -> vCalAddress:
    """A calendar user (RFC 5545 §3.3.3)."""
    user = vCalAddress(mailto(address))
    for parameter, said in parameters.items():
        user.params[parameter] = vText(said)
    return user


def safe_name(text: str) -> str:
    """A display name that every client reads."""
    # RFC 6868 escapes of " and ^ make sabre/vobject 2.1.7 refuse the whole file: do without both.
    return clean(text).replace('"', "'").replace("^", " ").strip()


def uri(text: str) -> str:
    """RFC 3986 characters only: nothing that ends a line."""
    return quote(text, safe=":/?#[]@!$&'()*+,;=%~", errors="replace")


def _text(text: str) -> str:
    return clean(text)


def _paragraphs(text: str) -> str:
    return "\n".join(clean(line) for line in text.splitlines())
