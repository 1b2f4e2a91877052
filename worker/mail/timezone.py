"""VTIMEZONE as two yearly rules, which every client reads right.

`icalendar`'s own `add_missing_timezones()` writes a comma RDATE: Thunderbird 153, ical.js and vobject then show a
summer breakfast an hour late, and Outlook ignores it (research: calendar, section 0).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

Observance = TimezoneDaylight | TimezoneStandard

_DAY = timedelta(days=1)
_UTC = frozenset({"UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu"})
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Onset:
    """A yearly change of clocks: the wall time just before it, and the offsets around it."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str


def timezone(zone: ZoneInfo, around: datetime) -> Timezone | None:
    """The zone around a moment; None for UTC, and where no two yearly rules nor one offset say it: send UTC."""
    return None if zone.key in _UTC else _timezone(zone.key, around.year)


@lru_cache(maxsize=64)
def _timezone(key: str, year: int) -> Timezone | None:
    zone = ZoneInfo(key)
    years = [_onsets(zone, y) for y in (year - 1, year, year + 1, year + 2)]
    if not any(years):
        return _component(key, [_fixed(zone, year)])
    if any(len(onsets) != 2 for onsets in years):
        return None
    rules = [_common_rule([onsets[place] for onsets in years]) for place in (0, 1)]
    if None in rules:
        return None
    return _component(key, [_observance(years[1][place], rule) for place, rule in enumerate(rules) if rule])


def _onsets(zone: ZoneInfo, year: int) -> list[Onset]:
    at, end, found = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC), []
    while at < end:
        if _offset(zone, at) != _offset(zone, at + _DAY):
            found.append(_between(zone, at, at + _DAY))
        at += _DAY
    return found


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _between(zone: ZoneInfo, low: datetime, high: datetime) -> Onset:
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        low, high = (low, middle) if _offset(zone, middle) != _offset(zone, low) else (middle, high)
    high = high.replace(second=0, microsecond=0)
    before, after = _offset(zone, low), _offset(zone, high)
    name = high.astimezone(zone).tzname() or ""
    return Onset((high + before).replace(tzinfo=None), before, after, name)


def _nth(at: datetime) -> int:
    """1 to 4 from the start of the month; -1 in its last seven days, where rules say "last"."""
    return -1 if (at + timedelta(days=7)).month != at.month else (at.day - 1) // 7 + 1


def _common_rule(onsets: list[Onset]) -> dict[str, object] | None:
    shapes = {(o.at.month, o.at.weekday(), o.at.time(), o.before, o.after) for o in onsets}
    places = {_nth(onset.at) for onset in onsets}
    forward = {(onset.at.day - 1) // 7 + 1 for onset in onsets}
    if len(shapes) != 1 or (len(places) != 1 and len(forward) != 1):
        return None
    place = places.pop() if len(places) == 1 else forward.pop()
    return {
        "FREQ": "YEARLY",
        "BYMONTH": onsets[0].at.month,
        "BYDAY": f"{place}{_WEEKDAYS[onsets[0].at.weekday()]}",
    }


def _observance(onset: Onset, rule: dict[str, object]) -> Observance:
    part: Observance = TimezoneDaylight() if onset.after > onset.before else TimezoneStandard()
    part.add("DTSTART", _since_1970(onset, str(rule["BYDAY"])))
    part.add("RRULE", rule)
    return _described(part, onset.before, onset.after, onset.name)


def _since_1970(onset: Onset, byday: str) -> datetime:
    """The first change of this rule in 1970, as Google and Outlook write it."""
    place, weekday = int(byday[:-2]), _WEEKDAYS.index(byday[-2:])
    days = [date(1970, onset.at.month, 1) + n * _DAY for n in range(31)]
    fitting = [day for day in days if day.month == onset.at.month and day.weekday() == weekday]
    return datetime.combine(fitting[place if place < 0 else place - 1], onset.at.time())


def _fixed(zone: ZoneInfo, year: int) -> Observance:
    there = datetime(year, 1, 1, tzinfo=zone)
    offset = there.utcoffset() or timedelta(0)
    part = TimezoneStandard()
    part.add("DTSTART", datetime(1970, 1, 1))  # noqa: DTZ001 - RFC 5545 §3.6.5: local time, no zone
    return _described(part, offset, offset, there.tzname() or "")


def _described(part: Observance, before: timedelta, after: timedelta, name: str) -> Observance:
    part.add("TZOFFSETFROM", before)
    part.add("TZOFFSETTO", after)
    part.add("TZNAME", name)
    return part


def _component(key: str, parts: list[Observance]) -> Timezone:
    zone = Timezone()
    zone.add("TZID", key)
    for part in parts:
        zone.add_component(part)
    return zone
