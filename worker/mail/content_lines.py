"""A calendar read line by line (RFC 5545 §3.1): a line that is broken loses itself, never its neighbours.

`Calendar.from_ical` refuses 32 of 681 collected calendars as a whole, and drops a broken ATTENDEE without a word;
so lines are split by icalendar one at a time, and components by us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: What an answer is made of; other lines are not even looked at, so that a hostile file costs nothing.
_TELLING = frozenset(
    {
        "BEGIN",
        "END",
        "METHOD",
        "UID",
        "SEQUENCE",
        "DTSTAMP",
        "RECURRENCE-ID",
        "ATTENDEE",
        "ORGANIZER",
        "COMMENT",
    }
)
_NAME = re.compile(r"[ \t]*([A-Za-z0-9-]+)[ \t]*[;:]")
_PARTSTAT = re.compile(r"[;\"]PARTSTAT=\"?([A-Z-]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"mailto:[^\s;\"]+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One content line; names are upper-case, the value is unescaped, of the parameters only PARTSTAT is kept."""

    name: str
    value: str
    partstat: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """The telling lines of a VEVENT itself, without those of its alarms."""

    lines: tuple[Line, ...]

    def values(self, name: str) -> tuple[str, ...]:
        """The values of all lines of this name."""
        return tuple(line.value for line in self.lines if line.name == name)


@dataclass(frozen=True, slots=True)
class CalendarLines:
    """A VCALENDAR: its METHOD in upper case, or "", and its events."""

    method: str
    events: tuple[Event, ...]


def read_lines(calendar: bytes, charset: str = "") -> CalendarLines:
    """The calendar that begins here, as far as it can be read; what follows its end is not looked at."""
    stack: list[str] = []
    method, events = "", list[list[Line]]()
    for line in _lines(calendar, charset):
        if line.name == "BEGIN":
            _open(stack, line.value.upper(), events)
        elif line.name == "END":
            _close(stack, line.value.upper())
            if not stack:
                break
        elif stack[-1:] == ["VEVENT"]:
            events[-1].append(line)
        elif line.name == "METHOD" and "VEVENT" not in stack:
            method = method or line.value.upper()
    return CalendarLines(method, tuple(Event(tuple(lines)) for lines in events))


def _open(stack: list[str], component: str, events: list[list[Line]]) -> None:
    """Events do not nest: one that begins inside another says that an END was lost."""
    if component == "VEVENT":
        _close(stack, component)
        events.append([])
    stack.append(component)


def _close(stack: list[str], component: str) -> None:
    if component in stack:
        del stack[len(stack) - 1 - stack[::-1].index(component) :]


def _lines(calendar: bytes, charset: str) -> Iterator[Line]:
    # Unfolded before decoding: some fold inside a character. Line ends of any kind, also doubled ones.
    even = re.sub(rb"[\r\n]+", b"\n", calendar.replace(b"\0", b""))
    unfolded = even.replace(b"\n ", b"").replace(b"\n\t", b"")
    for text in _decoded(unfolded, charset).split("\n"):
        name = _NAME.match(text)
        if name and name[1].upper() in _TELLING:
            yield _line(name[1].upper(), text.strip())


def _decoded(content: bytes, charset: str) -> str:
    """UTF-8 where it is valid, else as declared, else Latin-1, which never fails: only ASCII decides anything."""
    for encoding in ("utf-8-sig", charset if _keeps_ascii(charset) else ""):
        try:
            return content.decode(encoding)
        except (LookupError, ValueError):
            continue
    return content.decode("latin-1")


def _keeps_ascii(charset: str) -> bool:
    """UTF-16 and its like do not, and would make nonsense of octets whose NULs are gone."""
    try:
        return b"BEGIN".decode(charset) == "BEGIN"
    except (LookupError, ValueError):
        return False


def _line(name: str, text: str) -> Line:
    from icalendar.parser import Contentline  # noqa: PLC0415 - half a second that mails without a calendar save

    try:
        _, parameters, value = Contentline(text).parts()  # type: ignore[no-untyped-call]
    except Exception:  # noqa: BLE001 - icalendar 7.3.0 raises ValueError and AttributeError alike
        return _broken(name, text)
    named = _only(parameters.get("EMAIL", "")) if name == "ATTENDEE" else ""
    address = named if named and "@" not in value else value.strip()  # urn:uuid:… of Apple (RFC 7986 §6.2)
    return Line(name, address, _only(parameters.get("PARTSTAT", "")).upper())


def _only(given: str | list[str]) -> str:
    return str(given if isinstance(given, str) else next(iter(given), ""))


def _broken(name: str, text: str) -> Line:
    """A quote left open, a parameter without a value: the answer and the address are still there to be seen."""
    said, address = _PARTSTAT.search(text), _ADDRESS.search(text)
    return Line(name, address[0] if address else text.partition(":")[2], said[1].upper() if said else "")
