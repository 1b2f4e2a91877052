"""The calendars in a part of a mail: in whatever encoding and wrapping they came."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from html import unescape
from itertools import islice

from worker.mail.content_lines import CalendarLines, read_lines

_BEGIN = re.compile(rb"BEGIN:VCALENDAR", re.IGNORECASE)
_CALENDARS = frozenset({"text/calendar", "application/ics", "text/x-vcalendar", "application/calendar"})
_LINE_ENDS, _TAGS = re.compile(r"<(?:br|/p|/div|/li|/tr|/pre)\b[^>]*>", re.IGNORECASE), re.compile(r"<[^>]*>")

#: Octets of a calendar that are read; the longest genuine answer collected has 12 000.
_LONGEST = 256 * 1024

#: Calendars of a mail that are read.
MOST_CALENDARS = 20


def is_calendar(part: Message) -> bool:
    """Whether a part says of itself that it is one."""
    return part.get_content_type() in _CALENDARS


def declared_method(part: Message) -> str:
    """The method that a part's header names, in upper case, or ""."""
    return str(part.get_param("method") or "").upper()


def calendars(part: Message) -> Iterator[CalendarLines]:
    """Those of one part; winmail.dat keeps attachments as they are (MS-OXTNEF §2.1.3.4), so they are seen there."""
    content = next((each for each in _readings(part) if _BEGIN.search(each)), b"")
    for begin in islice(_BEGIN.finditer(content), MOST_CALENDARS):
        calendar = content[begin.start() : begin.start() + _LONGEST]
        lines = read_lines(calendar, str(part.get_content_charset() or ""))
        yield CalendarLines(lines.method or declared_method(part), lines.events)


def _readings(part: Message) -> Iterator[bytes]:
    """As its encoding says; as written, should that be wrong; and base64 that nobody declared, or twice over."""
    decoded, written = part.get_payload(decode=True), part.get_payload()
    first = decoded if isinstance(decoded, bytes) else b""
    if part.get_content_type() == "text/html":
        yield _without_tags(first)
    yield _narrow(first, str(part.get_content_charset() or ""))
    yield str(written).encode("ascii", "replace")
    yield _from_base64(first)


def _narrow(content: bytes, charset: str) -> bytes:
    """UTF-16 and UTF-32 as UTF-8; where nobody says so, without the zeroes that they put between letters."""
    if charset.lower().startswith(("utf-16", "utf16", "utf-32", "utf32")):
        with suppress(LookupError, ValueError):
            return content.decode(charset).encode()
    return content.replace(b"\0", b"")


def _without_tags(content: bytes) -> bytes:
    """A calendar shown on a page: each element that ends a line ends one here."""
    page = content[: 2 * _LONGEST].decode("latin-1")  # keeps every octet
    return unescape(_TAGS.sub("", _LINE_ENDS.sub("\n", page))).encode("latin-1", "replace")


def _from_base64(content: bytes) -> bytes:
    try:
        return b64decode(b"".join(content.split()), validate=True)
    except ValueError:
        return b""
