"""The calendar of many invitations, written once: from guest to guest only a few of its lines differ.

`invite.request` says what stands in a calendar, and builds every line of it anew; here is the same, byte for byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from icalendar import vDatetime, vText
from icalendar.parser import Contentline, Parameters

from worker.domain.edition import Meeting
from worker.domain.person import Guest, Person
from worker.mail.dates import wall
from worker.mail.headers import addr_spec
from worker.mail.invite import ASKED, Invitation, attendee_name, safe_name, unwritten, whole_second

#: Name of the organizer, summary, description, url.
Words = tuple[str, str, str, str]

_STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED")
_VARIED = frozenset({*_STAMPS, "UID", "ORGANIZER", "ATTENDEE"})
#: Octets of a line without its line break and the space that begins a continued one (RFC 5545 §3.1).
_FOLD = 74

_PLAIN, _PLAIN_NAME = re.compile(r"[A-Za-z0-9.@-]+"), re.compile(r"[\w .-]+")

#: Nobody's data stands in a frame.
_NOBODY = Guest(Person("nobody", "Nobody", "Nobody", "nobody@example.org"))


@dataclass(frozen=True, slots=True)
class CalendarFrame:
    """A calendar folded and encoded, but for the lines of one guest and one moment."""

    octets: bytes
    organizer: str

    def fill(self, invitation: Invitation) -> bytes:
        """The calendar of this guest."""
        written = {
            **_stamps(invitation.stamp),
            b"UID": folded(_uid(invitation.uid)),
            b"ORGANIZER": folded(f"{self.organizer}:mailto:{addr_spec(invitation.organizer)}"),
            b"ATTENDEE": folded(_attendee(invitation.guest)),
        }
        return self.octets % written


class FramedRequest:
    """Writes calendars as `invite.request` does, for the time of their personal lines."""

    def __init__(self) -> None:
        """Nothing is framed yet."""
        self._latest: tuple[Meeting | None, Words, CalendarFrame] = (
            None,
            ("", "", "", ""),
            CalendarFrame(b"", ""),
        )

    def __call__(self, invitation: Invitation) -> bytes:
        """The calendar of one guest. Of the very meeting that the last one was for, nothing is looked up."""
        words = invitation.organizer_name, invitation.summary, invitation.description, invitation.url
        meeting, same, frame = self._latest
        if invitation.meeting is not meeting or words != same:
            meeting = invitation.meeting
            frame = _frame(meeting, (wall(meeting.start), wall(meeting.end)), words)
            self._latest = meeting, words, frame
        return frame.fill(invitation)


framed_request = FramedRequest()


@lru_cache(maxsize=64)
def _frame(meeting: Meeting, _walls: tuple[str, str], words: Words) -> CalendarFrame:
    organizer, summary, description, url = words
    stamp = meeting.start.astimezone(UTC)
    sample = Invitation(
        meeting, _NOBODY, "uid", _NOBODY.person.address, organizer, summary, description, stamp, url
    )
    lines = [_blank_or_written(line) for line in unwritten(sample).content_lines() if line]
    return CalendarFrame(b"\r\n".join([*lines, b""]), f"ORGANIZER;{_parameters(CN=safe_name(organizer))}")


def _blank_or_written(line: Contentline) -> bytes:
    # None of these names stands in a VTIMEZONE, and none twice in a VEVENT (RFC 5545 §3.6.1, §3.6.5).
    name = line.split(":", 1)[0].split(";", 1)[0]
    return f"%({name})b".encode() if name in _VARIED else folded(line).replace(b"%", b"%%")


# A batch of mails has one moment.
@lru_cache(maxsize=8)
def _stamps(stamp: datetime) -> dict[bytes, bytes]:
    moment = vDatetime(whole_second(stamp))
    return {name.encode(): folded(Contentline.from_parts(name, Parameters(), moment)) for name in _STAMPS}


def _parameters(**values: str) -> str:
    octets: bytes = Parameters(values).to_ical()
    return octets.decode()


def _uid(uid: str) -> str:
    if _PLAIN.fullmatch(uid):  # nothing to escape
        return f"UID:{uid}"
    return str(Contentline.from_parts("UID", Parameters(), vText(uid)))


_ASKED = _parameters(**ASKED)


def _attendee(guest: Guest) -> str:
    # Parameters are sorted, and CN comes before all that is asked.
    return f"ATTENDEE;{_common_name(attendee_name(guest))};{_ASKED}:mailto:{addr_spec(guest.person.address)}"


def _common_name(name: str) -> str:
    if _PLAIN_NAME.fullmatch(name):  # nothing to escape
        return f'CN="{name}"' if " " in name else f"CN={name}"
    return _parameters(CN=name)


def folded(line: str) -> bytes:
    """As `Contentline.to_ical`, which takes a step for every character: at most 75 octets, no character split."""
    octets = line.encode()
    if len(octets) <= _FOLD:
        return octets
    if "\\" in line or "^" in line:
        return bytes(Contentline(line).to_ical())  # type: ignore[no-untyped-call] # it keeps escapes in one piece
    pieces, start = [], 0
    while len(octets) - start > _FOLD:
        end = start + _FOLD
        while octets[end] & 0xC0 == 0x80:  # within a character of UTF-8
            end -= 1
        pieces.append(octets[start:end])
        start = end
    return b"\r\n ".join([*pieces, octets[start:]])
