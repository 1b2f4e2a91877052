"""How a season of a sequence file is read: `"august"`, « 24 décembre au 2 janvier »."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import timedelta
from typing import Any

from worker.adapters.toml_table import Unfit, list_of
from worker.domain.rule import plain_words
from worker.domain.season import Season, closed_days

_MONTHS = (
    ("january", "janvier"),
    ("february", "février", "fevrier"),
    ("march", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juin"),
    ("july", "juillet"),
    ("august", "août", "aout"),
    ("september", "septembre"),
    ("october", "octobre"),
    ("november", "novembre"),
    ("december", "décembre", "decembre"),
)
_NUMBERS = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
_DAY = rf"(\d{{1,2}})(?:er|st|nd|rd|th)? ({'|'.join(_NUMBERS)})"
_FROM_TO = re.compile(rf"(?:from |du )?{_DAY}(?: to | au | ?- ?){_DAY}")

_REMEDY = 'write a month such as "august", or days such as "24 December to 2 January"'

#: Any leap year, to see which days there are at all.
_LEAP = 2028

#: Fewer open days than these in a year, and most mails would expire.
_FEWEST = timedelta(days=30)


def seasons(value: Any) -> tuple[Season, ...]:
    """One of them or a list; Unfit when next to nothing of the year is left."""
    found = tuple(list_of(_season)([value] if isinstance(value, str) else value))
    if len({(d.month, d.day) for d in closed_days(found, [_LEAP])}) > 366 - _FEWEST.days:
        raise Unfit("leave at least thirty days of the year open, or most mails would expire")
    return found


def _season(value: Any) -> Season:
    words = plain_words(value) if isinstance(value, str) else ""
    if words in _NUMBERS:
        month = _NUMBERS[words]
        return Season((month, 1), (month, monthrange(_LEAP, month)[1]))
    match = _FROM_TO.fullmatch(words)
    if not match:
        raise Unfit(_REMEDY)
    day, month_name, last_day, last_month = match.groups()
    return Season(_month_day(day, month_name), _month_day(last_day, last_month))


def _month_day(day: str, name: str) -> tuple[int, int]:
    month = _NUMBERS[name]
    if not 1 <= int(day) <= monthrange(_LEAP, month)[1]:
        raise Unfit(f"{name} has no day {day}; {_REMEDY}")
    return month, int(day)
