"""How single values of `schedules/*.toml` are read: moments, hours, durations, days, countries, names.

Each function raises Unfit with the remedy (InvalidRule for a moment) for what it cannot read.
"""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

from worker.adapters.holidays import is_known_country
from worker.adapters.toml_table import Unfit, list_of, nearest
from worker.domain.changes_told import CHANGE_STEPS
from worker.domain.follow_ups import FOLLOW_UP_STEPS
from worker.domain.reminders import ORGANIZER_STEPS
from worker.domain.rule import EXAMPLES, Rule, parse_rule
from worker.domain.timing import Timing, parse_timing

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WEEKDAYS = {name: number for names in (_DAYS, _JOURS) for number, name in enumerate(names)}
_HOUR = re.compile(r"([01]?\d|2[0-3])[:h]([0-5]\d)")
_DURATION = re.compile(r"(\d{1,4})\s*(min|h|day|jour|week|semaine)s?")
_SPANS = {
    "min": timedelta(minutes=1), "h": timedelta(hours=1), "day": timedelta(days=1), "jour": timedelta(days=1),
    "week": timedelta(weeks=1), "semaine": timedelta(weeks=1),
}  # fmt: skip
#: Steps and letters that follow an introduction.
_INTRODUCING = frozenset({*FOLLOW_UP_STEPS, "ask", "host"})
_STEP_NAME = re.compile(r"[a-z][a-z-]{0,10}[a-z]")


def a_rule(value: Any) -> Rule:
    """`"J+2 18:00"`."""
    if not isinstance(value, str):
        raise Unfit(EXAMPLES)
    return parse_rule(value)


def a_timing(value: Any) -> Timing:
    """`"end + 3 h"`, or a whole sentence with what it waits for."""
    if not isinstance(value, str):
        raise Unfit(EXAMPLES)
    return parse_timing(value)


def an_hour(value: Any) -> time:
    """`"08:00"`, or TOML's own 08:00:00."""
    if isinstance(value, time):
        return value
    match = _HOUR.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise Unfit('write an hour of the day such as "08:00"')
    return time(int(match.group(1)), int(match.group(2)))


def a_duration(value: Any) -> timedelta:
    """`"72 h"`, `"10 days"`: elapsed time, longer than nothing."""
    match = _DURATION.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if not match or not int(match.group(1)):
        raise Unfit('write a duration such as "72 h" or "10 days"')
    return int(match.group(1)) * _SPANS[match.group(2)]


def weekdays(value: Any) -> frozenset[int]:
    """`["monday", "mardi"]`: Monday is 0; at least one."""
    days = frozenset(list_of(_weekday)(value))
    if not days:
        raise Unfit("write at least one day; without one nothing would ever leave")
    return days


def _weekday(value: Any) -> int:
    name = value.lower() if isinstance(value, str) else ""
    if name not in _WEEKDAYS:
        raise Unfit(nearest(name, _JOURS if name in _JOURS or name.endswith("di") else _DAYS))
    return _WEEKDAYS[name]


def a_country(value: Any) -> str:
    """`"FR"`, `"DE-BY"` for a part of one, or "" for no holidays at all."""
    country = value.upper() if isinstance(value, str) else None
    if country is None or not is_known_country(country):
        raise Unfit(
            'write a country of two letters such as "FR", with its part as in "DE-BY", or "" for no holidays'
        )
    return country


def a_step_name(value: Any) -> str:
    """2 to 12 of a-z and `-`: part of a message key, where a number after a dash is a round or a SEQUENCE."""
    if not isinstance(value, str) or not _STEP_NAME.fullmatch(value):
        raise Unfit("write 2 to 12 small letters, with - between words, such as thank-you")
    if value in ORGANIZER_STEPS or value in CHANGE_STEPS or value in _INTRODUCING:
        raise Unfit("this name is kept for mails of our own; choose another, such as thank-you")
    return value


def seconds(value: Any) -> float:
    """From half a second to a day."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.5 <= value <= 86400:
        raise Unfit("write a number of seconds from 0.5 to 86400")
    return float(value)
