"""When, in words: the grammar of moments that an organizer writes and reads.

    end + 3 h              hours and minutes are elapsed time from the anchor
    start - 1 day          days and weeks are calendar days: the same hour on the wall, whatever the clocks did
    next start - 1 day     counted from the next edition
    J+2 18:00              the second day after the day the edition ends (J-1: the day before it starts)
    next J-1 18:00         the same, counted from the day of the next edition
    J+3 working 09:00      the third working day after
    next working morning   J+1 working 09:00; an hour may follow

French words are understood too (fin, début, prochain, jours ouvrés, prochain matin ouvré); `str()` of a rule is
its canonical spelling, which parses back to the same rule.
"""

from __future__ import annotations

import re
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
        """`end + 3 h`"""
        sign = "-" if self.number < 0 else "+"
        plural = "s" if abs(self.number) != 1 and self.unit in {Unit.DAY, Unit.WEEK} else ""
        return f"{self.anchor} {sign} {abs(self.number)} {self.unit}{plural}"

    @property
    def elapsed(self) -> timedelta | None:
        """The time on the clock, or None when days are counted."""
        return {Unit.MINUTE: timedelta(minutes=self.number), Unit.HOUR: timedelta(hours=self.number)}.get(self.unit)

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
        """`J+2 18:00`"""
        words = ("next " * self.of_next, f"J{self.days:+d} ", "working " * self.working, self.at.strftime("%H:%M"))
        return "".join(words)


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
_OFFSET = re.compile(rf"({'|'.join(_ANCHORS)})(?:\s*([+-])\s*(\d{{1,4}})\s*({'|'.join(_UNITS)})s?)?")
_DAY = re.compile(r"(next |prochain )?[jd]\s*([+-])\s*(\d{1,3})( working| ouvrés?| ouvres?)?\s+(\d{1,2})[:h](\d{2})")
_MORNING = re.compile(r"(?:next working morning|prochain matin ouvr[ée])(?: (\d{1,2})[:h](\d{2}))?")


def parse_rule(text: str) -> Rule:
    """The rule these words say; InvalidRule with examples when they say none."""
    words = " ".join(text.lower().split())
    for pattern, read in ((_OFFSET, _read_offset), (_DAY, _read_day), (_MORNING, _read_morning)):
        match = pattern.fullmatch(words)
        if match:
            return read(text, match)
    raise InvalidRule(text, EXAMPLES)


def _read_offset(_text: str, match: re.Match[str]) -> Rule:
    anchor, sign, number, unit = match.groups()
    amount = int(number or 0)
    return Offset(_ANCHORS[anchor], -amount if sign == "-" else amount, _UNITS[unit] if unit else Unit.HOUR)


def _read_day(text: str, match: re.Match[str]) -> Rule:
    following, sign, number, working, hour, minute = match.groups()
    days = -int(number) if sign == "-" else int(number)
    if working and days < 1:
        raise InvalidRule(text, "working days are counted forward: write 'J+1 working 09:00'")
    return DayTime(days, _hour(text, hour, minute), of_next=bool(following), working=bool(working))


def _read_morning(text: str, match: re.Match[str]) -> Rule:
    hour, minute = match.groups()
    return DayTime(1, _hour(text, hour, minute) if hour else MORNING, working=True)


def _hour(text: str, hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError as error:
        raise InvalidRule(text, f"{hour}:{minute} is not an hour of the day: write 00:00 to 23:59") from error
