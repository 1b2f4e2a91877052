"""From a rule to a moment: anchors, working days and the wall clock of the edition's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from worker.domain.rule import Anchor, DayTime, Offset, Rule

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Anchors:
    """The moments rules count from, aware; days are days of `zone`."""

    start: datetime
    end: datetime
    zone: ZoneInfo
    next_start: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Working weekdays (Monday is 0) and the public holidays among them, given as data."""

    days: frozenset[int] = frozenset(range(5))
    holidays: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether people work that day."""
        return day.weekday() in self.days and day not in self.holidays


def moment(rule: Rule, anchors: Anchors, calendar: WorkingCalendar) -> datetime | None:
    """The moment (UTC) a rule means; None when it counts from a next edition that is not set."""
    if isinstance(rule, Offset):
        return _from_anchor(rule, anchors)
    return _on_day(rule, anchors, calendar)


def _from_anchor(rule: Offset, anchors: Anchors) -> datetime | None:
    anchor = {Anchor.START: anchors.start, Anchor.END: anchors.end, Anchor.NEXT_START: anchors.next_start}[rule.anchor]
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

    An hour that happens twice is its first one; one that is jumped over is as long after the jump as it was asked
    for after the hour the jump began (RFC 5545 §3.3.5 reads a skipped hour with the offset before the gap).
    """
    return datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=zone).astimezone(UTC)
