"""From a rule to a moment: anchors, working days and the wall clock of the edition's zone."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from worker.domain.rule import Anchor, DayTime, Offset, Rule

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Anchors:
    """The moments rules count from, aware; days are days of `zone`."""

    start: datetime
    end: datetime
    zone: ZoneInfo
    next_start: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Working weekdays (Monday is 0, at least one) and the public holidays among them, given as data."""

    days: frozenset[int] = frozenset(range(5))
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """ValueError for a week without a working day: the next one would be looked for until the year 9999."""
        if not self.days & frozenset(range(7)):
            raise ValueError("a calendar needs at least one working day in the week, from 0 (Monday) to 6")

    def works(self, day: date) -> bool:
        """Whether people work that day."""
        return day.weekday() in self.days and day not in self.holidays


def moment(rule: Rule, anchors: Anchors, calendar: WorkingCalendar) -> datetime | None:
    """The moment (UTC) a rule means; None when it counts from a next edition that is not set."""
    if isinstance(rule, Offset):
        return _from_anchor(rule, anchors)
    return _on_day(rule, anchors, calendar)


def _from_anchor(rule: Offset, anchors: Anchors) -> datetime | None:
    known = {Anchor.START: anchors.start, Anchor.END: anchors.end, Anchor.NEXT_START: anchors.next_start}
    anchor = known[rule.anchor]
    if anchor is None:
        return None
    if rule.elapsed is not None:
        return anchor.astimezone(UTC) + rule.elapsed
    local = anchor.astimezone(anchors.zone)
    return on_wall(local.date() + rule.days * _DAY, local.time(), anchors.zone)


def _on_day(rule: DayTime, anchors: Anchors, calendar: WorkingCalendar) -> datetime | None:
    base = anchors.next_start if rule.of_next else (anchors.end if rule.days >= 0 else anchors.start)
    if base is None:
        return None
    day = base.astimezone(anchors.zone).date()
    return on_wall(_shifted(day, rule, calendar), rule.at, anchors.zone)


def _shifted(day: date, rule: DayTime, calendar: WorkingCalendar) -> date:
    if not rule.working:
        return day + rule.days * _DAY
    for _ in range(rule.days):
        day += _DAY
        while not calendar.works(day):
            day += _DAY
    return day


def on_wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) a clock on the wall of `zone` shows this day and hour.

    An hour that happens twice is its first one; one that is jumped over is the first moment after the jump. (RFC 5545
    §3.3.5 would go on for the length of the jump: a window from 2:30 to 3:15 would then open after it closes.)
    """
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=zone)
    first, second = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    return _end_of_jump(second, first, zone) if second < first else first


def _end_of_jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second with the new offset. In a gap PEP 495's fold=1 falls before the jump, fold=0 not before it."""
    new_offset = after.astimezone(zone).utcoffset()
    seconds = range(int((after - before).total_seconds()))
    jumped = bisect_left(
        seconds, x=True, key=lambda n: (before + n * _SECOND).astimezone(zone).utcoffset() == new_offset
    )
    return before + jumped * _SECOND
