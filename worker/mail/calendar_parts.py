"""The calendars in a mail: in whatever part, encoding and wrapping they came."""

from __future__ import annotations

import email
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from itertools import islice

from worker.mail.content_lines import CalendarLines, read_lines

_BEGIN = re.compile(rb"BEGIN:VCALENDAR", re.IGNORECASE)
_CALENDARS = frozenset({"text/calendar", "application/ics", "text/x-vcalendar", "application/calendar"})

#: Octets of a calendar that are read; the longest genuine answer collected has 12 000.
_LONGEST = 256 * 1024

#: Calendars of a mail that are read.
_MOST = 20


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A mail taken apart: headers for whoever asks, and its calendars, the declared ones first.

    `claims_an_answer` tells whether a part says of itself that it is a reply, readable or not.
    """

    headers: tuple[tuple[str, str], ...]
    kind: str
    calendars: tuple[CalendarLines, ...]
    claims_an_answer: bool

    def header(self, *names: str) -> tuple[str, ...]:
        """The values of all headers of these names (lower-case), as written, on one line."""
        return tuple(value for name, value in self.headers if name in names)


def take_apart(raw: bytes) -> ReceivedMail:
    """The mail as far as it can be read. Raises whatever the email package raises for hostile MIME."""
    # compat32: the newer policies raise on some broken headers when these are merely looked at (cpython#103006).
    message = email.message_from_bytes(raw)
    parts = sorted((part for part in message.walk() if not part.is_multipart()), key=_is_not_declared)
    found = [calendar for part in parts for calendar in _calendars(part)][:_MOST]
    return ReceivedMail(
        headers=tuple((name.lower(), " ".join(str(value).split())) for name, value in message.raw_items()),
        kind=message.get_content_type(),
        calendars=tuple(dict.fromkeys(found)),
        claims_an_answer=any(_declared_method(part) == "REPLY" for part in parts),
    )


def _is_not_declared(part: Message) -> bool:
    return part.get_content_type() not in _CALENDARS


def _declared_method(part: Message) -> str:
    return str(part.get_param("method") or "").upper()


def _calendars(part: Message) -> Iterator[CalendarLines]:
    """Those of one part; winmail.dat keeps attachments as they are (MS-OXTNEF §2.1.3.4), so they are seen there."""
    content = next((each for each in _readings(part) if _BEGIN.search(each)), b"")
    for begin in islice(_BEGIN.finditer(content), _MOST):
        calendar = content[begin.start() : begin.start() + _LONGEST]
        lines = read_lines(calendar, str(part.get_content_charset() or ""))
        yield CalendarLines(lines.method or _declared_method(part), lines.events)


def _readings(part: Message) -> Iterator[bytes]:
    """As its encoding says; as written, should that be wrong; and base64 that nobody declared, or twice over."""
    decoded, written = part.get_payload(decode=True), part.get_payload()
    first = decoded if isinstance(decoded, bytes) else b""
    yield first.replace(b"\0", b"")
    yield str(written).encode("ascii", "replace")
    yield _from_base64(first)


def _from_base64(content: bytes) -> bytes:
    try:
        return b64decode(b"".join(content.split()), validate=True)
    except ValueError:
        return b""
