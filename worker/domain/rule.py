"""When, in words: the grammar of moments that an organizer writes and reads.

    end + 3 h              hours and minutes are elapsed time from the anchor
    start - 1 day          days and weeks are calendar days: the same hour on the wall, whatever the clocks did
    next start - 1 day     counted from the next edition
    J+2 18:00              the second day after the day the edition ends (J-1: the day before it starts)
    next J-1 18:00         the same, counted from the day of the next edition
    J+3 working 09:00      the third working day after
    next working morning   J+1 working 09:00; an hour may follow

French words are understood too (fin, début, prochain, jours ouvrés, prochain matin ouvré), and the spaces and dashes
that a word processor puts in; `str()` of a rule is its canonical spelling, which parses back to the same rule.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from worker.domain.errors import InvalidRule

EXAMPLES = "write for example 'end + 3 h', 'J+1 09:00', 'next start - 1 day' or 'next working morning'"
MORNING = time(9, 0)


class Anchor(StrEnum):
    """The moment a rule counts from."""

    END = "end"
    START = "start"
    NEXT_START = "next start"


class Unit(StrEnum):
    """How far a rule counts; days and weeks are counted on the calendar, the others on the clock."""

    MINUTE = "min"
    HOUR = "h"
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Offset:
    """So many units from an anchor; negative is before."""

    anchor: Anchor
    number: int
    unit: Unit

    def __str__(self) -> str:
        """As in `end + 3 h`; the anchor alone when it counts nothing."""
        if self == Offset(self.anchor, 0, Unit.HOUR):
            return str(self.anchor)
        sign = "-" if self.number < 0 else "+"
        plural = "s" if abs(self.number) != 1 and self.unit in {Unit.DAY, Unit.WEEK} else ""
        return f"{self.anchor} {sign} {abs(self.number)} {self.unit}{plural}"

    @property
    def elapsed(self) -> timedelta | None:
        """The time on the clock, or None when days are counted."""
        spans = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1)}
        return self.number * spans[self.unit] if self.unit in spans else None

    @property
    def days(self) -> int:
        """The days on the calendar."""
        return self.number * {Unit.DAY: 1, Unit.WEEK: 7}.get(self.unit, 0)


@dataclass(frozen=True, slots=True)
class DayTime:
    """An hour of the n-th day (or working day) from the edition's day, or from the next one's."""

    days: int
    at: time
    of_next: bool = False
    working: bool = False

    def __str__(self) -> str:
        """As in `J+2 18:00`."""
        following, working = "next " * self.of_next, "working " * self.working
        return f"{following}J{self.days:+d} {working}{self.at:%H:%M}"


Rule = Offset | DayTime

_ANCHORS = {
    "end": Anchor.END, "fin": Anchor.END,
    "start": Anchor.START, "début": Anchor.START, "debut": Anchor.START,
    "next start": Anchor.NEXT_START, "prochain début": Anchor.NEXT_START, "prochain debut": Anchor.NEXT_START,
}  # fmt: skip
_UNITS = {
    "min": Unit.MINUTE, "h": Unit.HOUR, "hour": Unit.HOUR, "heure": Unit.HOUR,
    "day": Unit.DAY, "jour": Unit.DAY, "week": Unit.WEEK, "semaine": Unit.WEEK,
}  # fmt: skip
_DASHES = str.maketrans("−–‑", "---")
_ANCHOR_WORDS, _UNIT_WORDS = "|".join(_ANCHORS), "|".join(_UNITS)
_HOUR = r"(\d{1,2})(?::(\d{2})| ?h(?: ?(\d{2}))?)"
_WORKING = r" working(?: days?)?| (?:jours? )?ouvr[ée]s?"
_OFFSET = re.compile(rf"({_ANCHOR_WORDS})(?: ?([+-]) ?(\d{{1,4}}) ?({_UNIT_WORDS})s?)?")
_DAY = re.compile(rf"(next |prochain )?[jd] ?([+-]) ?(\d{{1,3}})({_WORKING})? {_HOUR}")
_MORNING = re.compile(rf"(?:next working morning|prochain matin ouvr[ée])(?: {_HOUR})?")

#: What is wrong with a sentence that begins like this; the first that fits is said.
_CLUES = (
    (
        re.compile(rf"(?:{_ANCHOR_WORDS}) ?[+-] ?\d+\b"),
        "count in min, h, days or weeks, and say nothing after",
    ),
    (
        re.compile(rf"(?:{_ANCHOR_WORDS})\b"),
        "after the anchor comes + or -, a number and min, h, days or weeks",
    ),
    (re.compile(r"(?:next |prochain )?[jd] ?[+-] ?\d"), "a day is followed by an hour, such as 'J+1 09:00'"),
    (
        re.compile(r"next working|prochain matin"),
        "only an hour may follow, such as 'next working morning 08:30'",
    ),
    (re.compile(""), "a moment counts from end, start, next start or J"),
)


def parse_rule(text: str) -> Rule:
    """The rule these words say; InvalidRule with what is wrong and examples when they say none."""
    words = plain_words(text)
    for pattern, read in ((_OFFSET, _read_offset), (_DAY, _read_day), (_MORNING, _read_morning)):
        match = pattern.fullmatch(words)
        if match:
            return read(text, match)
    clue = next(clue for beginning, clue in _CLUES if beginning.match(words))
    raise InvalidRule(text, f"{clue}; {EXAMPLES}")


def plain_words(text: str) -> str:
    """Small letters, single spaces, plain `-`: a pasted text may hold no-break spaces, U+2212 or loose accents."""
    return " ".join(unicodedata.normalize("NFC", text).lower().translate(_DASHES).split())


def _read_offset(_text: str, match: re.Match[str]) -> Rule:
    anchor, sign, number, unit = match.groups()
    amount = int(number or 0)
    return Offset(_ANCHORS[anchor], -amount if sign == "-" else amount, _UNITS[unit] if unit else Unit.HOUR)


def _read_day(text: str, match: re.Match[str]) -> Rule:
    following, sign, number, working, *hour = match.groups()
    days = -int(number) if sign == "-" else int(number)
    if working and days < 1:
        raise InvalidRule(text, "working days are counted forward: write 'J+1 working 09:00'")
    return DayTime(days, _read_hour(text, *hour), of_next=bool(following), working=bool(working))


def _read_morning(text: str, match: re.Match[str]) -> Rule:
    at = _read_hour(text, *match.groups()) if match.group(1) else MORNING
    return DayTime(1, at, working=True)


def _read_hour(text: str, hour: str, *minutes: str | None) -> time:
    minute = next(filter(None, minutes), "00")
    try:
        return time(int(hour), int(minute))
    except ValueError as error:
        raise InvalidRule(text, f"{hour}:{minute} is not an hour of the day: write 00:00 to 23:59") from error
