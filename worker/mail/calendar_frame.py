"""The calendar of many invitations, written once: from guest to guest only a few of its lines differ.

`invite.request` says what stands in a calendar, and builds every line of it anew; here is the same, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from icalendar import vDatetime, vText
from icalendar.parser import Contentline, Parameters

from worker.domain.edition import Meeting
from worker.domain.person import Guest, Person
from worker.mail.dates import wall
from worker.mail.headers import addr_spec, mailto
from worker.mail.invite import ASKED, Invitation, attendee_name, safe_name, unwritten, whole_second

#: Name of the organizer, summary, description, url.
Words = tuple[str, str, str, str]

_STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED")
_OWN = frozenset({"UID", "ORGANIZER", "ATTENDEE"})
#: Octets of a line without its line break and the space that begins a continued one (RFC 5545 §3.1).
_FOLD = 74

_PLAIN, _PLAIN_NAME = re.compile(r"[A-Za-z0-9.@-]+"), re.compile(r"[\w .-]+")

#: Nobody's data stands in a frame.
_NOBODY = Guest(Person("nobody", "Nobody", "Nobody", "nobody@example.org"))


@dataclass(frozen=True, slots=True)
class CalendarFrame:
    """A calendar folded and encoded, but for the lines of one guest, which stand between `before` and `after`.

    As long as it has no moment, `before` has a blank for each line that says it.
    """

    before: bytes
    after: bytes
    organizer: str

    def at(self, stamp: datetime) -> CalendarFrame:
        """The same for mails of this moment."""
        return CalendarFrame(self.before % _stamps(stamp), self.after, self.organizer)

    def own(self, invitation: Invitation) -> bytes:
        """What follows `before` in the calendar of this guest."""
        own = folded(_uid(invitation.uid)), _user(self.organizer, invitation.organizer)
        return b"\r\n".join([*own, folded(_attendee(invitation.guest)), self.after])


class FramedRequest:
    """Writes calendars as `invite.request` does, for the time of their personal lines."""

    def __init__(self) -> None:
        """Nothing is framed yet."""
        self._latest: tuple[Meeting | None, datetime | None, Words] = (None, None, ("", "", "", ""))
        self._frame = CalendarFrame(b"", b"", "")

    def __call__(self, invitation: Invitation) -> bytes:
        """The calendar of one guest."""
        return b"".join(self.pieces(invitation))

    def pieces(self, invitation: Invitation) -> tuple[bytes, bytes]:
        """The same, cut where it begins to be the guest's own. Of the last meeting and moment nothing is looked up."""
        words = invitation.organizer_name, invitation.summary, invitation.description, invitation.url
        meeting, stamp, same = self._latest
        if invitation.meeting is not meeting or invitation.stamp is not stamp or words != same:
            meeting = invitation.meeting
            blank = _frame(meeting, (wall(meeting.start), wall(meeting.end)), words)
            self._frame = blank.at(invitation.stamp)
            self._latest = meeting, invitation.stamp, words
        return self._frame.before, self._frame.own(invitation)


framed_request = FramedRequest()


@lru_cache(maxsize=64)
def _frame(meeting: Meeting, _walls: tuple[str, str], words: Words) -> CalendarFrame:
    organizer, summary, description, url = words
    stamp = meeting.start.astimezone(UTC)
    sample = Invitation(
        meeting, _NOBODY, "uid", _NOBODY.person.address, organizer, summary, description, stamp, url
    )
    lines = [line for line in unwritten(sample).content_lines(sorted=False) if line]
    # None of these names stands in a VTIMEZONE, none twice in a VEVENT (RFC 5545 §3.6.1, §3.6.5), and they stand last.
    first = next(place for place, line in enumerate(lines) if _name(line) in _OWN)
    before = [_blank_or_written(line) for line in lines[:first]]
    after = [folded(line) for line in lines[first:] if _name(line) not in _OWN]
    parameters = _parameters(CN=safe_name(organizer))
    return CalendarFrame(_written(before), _written(after), f"ORGANIZER;{parameters}")


def _name(line: str) -> str:
    return line.split(":", 1)[0].split(";", 1)[0]


def _written(lines: Sequence[bytes]) -> bytes:
    return b"\r\n".join([*lines, b""])


def _blank_or_written(line: str) -> bytes:
    name = _name(line)
    return f"%({name})b".encode() if name in _STAMPS else folded(line).replace(b"%", b"%%")


# A batch of mails has one moment.
@lru_cache(maxsize=8)
def _stamps(stamp: datetime) -> dict[bytes, bytes]:
    moment = vDatetime(whole_second(stamp))
    return {name.encode(): folded(Contentline.from_parts(name, Parameters(), moment)) for name in _STAMPS}


# A host is in all calendars; an address for answers is each person's own.
@lru_cache(maxsize=64)
def _user(line: str, address: str) -> bytes:
    return folded(f"{line}:mailto:{addr_spec(address)}")


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
    return f"ATTENDEE;{_common_name(attendee_name(guest))};{_ASKED}:{mailto(guest.person.address)}"


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
    if len(octets) == len(line):  # every character is one octet
        return b"\r\n ".join([octets[start : start + _FOLD] for start in range(0, len(octets), _FOLD)])
    pieces, start = [], 0
    while len(octets) - start > _FOLD:
        end = start + _FOLD
        while octets[end] & 0xC0 == 0x80:  # within a character of UTF-8
            end -= 1
        pieces.append(octets[start:end])
        start = end
    return b"\r\n ".join([*pieces, octets[start:]])
