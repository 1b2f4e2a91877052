"""Dates and hours in words, on the wall clock of the moment's own zone.

Patterns are written out, because Babel's `full` prints seconds and the zone's long name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location
from babel.lists import format_list

from worker.mail.typography import FIXED

_LOCALES = {"fr": "fr_FR", "en": "en_GB"}
_FRIDAY = 4
# The nudge leaves three days after the Café, or on the next working day: this leaves a week to meet.
_TIME_TO_MEET = timedelta(days=9)


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, "fr_FR"))


def wall(moment: datetime) -> str:
    """The moment as its own clock shows it, to tell apart what `==` does not: two zones, an hour that comes twice."""
    return f"{moment.isoformat()} {moment.tzinfo}"


def weekday_words(day: date, language: str) -> str:
    """« mardi », "Tuesday"."""
    return format_date(day, "EEEE", _locale(language))


def day_words(day: date, language: str) -> str:
    """« mardi 8 décembre », "Tuesday 8 December"; the number and the month never part."""
    number = "'1er'" if language == "fr" and day.day == 1 else "d"
    return format_date(day, f"EEEE {number}{FIXED}MMMM", _locale(language))


def date_words(day: date, language: str) -> str:
    """« mardi 8 décembre 2026 », "Tuesday 8 December 2026"."""
    return f"{day_words(day, language)} {day.year:04}"


def hour_words(moment: datetime, language: str) -> str:
    """« 8 h 30 », « 10 h », "8:30 am", "10 am"."""
    if language == "en":
        return format_time(moment, "h a" if moment.minute == 0 else "h:mm a", locale=_locale("en")).replace(
            " ", FIXED
        )
    return f"{moment.hour}{FIXED}h" + (f"{FIXED}{moment.minute:02}" if moment.minute else "")


def span_words(start: datetime, end: datetime, language: str) -> str:
    """« de 8 h 30 à 10 h », "from 8:30 am to 10 am"; the second day is named when it is another."""
    opening, to = ("from", "to") if language == "en" else ("de", "à")
    last = "" if start.date() == end.date() else f" ({day_words(end, language)})"
    return f"{opening} {hour_words(start, language)} {to} {hour_words(end, language)}{last}"


def zone_words(zone: ZoneInfo, language: str) -> str:
    """« heure de Paris », "Paris time": for a reader who lives in another zone."""
    city = get_timezone_location(zone, locale=_locale(language), return_city=True)
    return f"{city} time" if language == "en" else f"heure locale, {city}"


def day_to_have_met(end: datetime) -> date:
    """The Friday by which two people can have had their coffee, some nine to fifteen days after the Café."""
    earliest = end.date() + _TIME_TO_MEET
    return earliest + timedelta(days=(_FRIDAY - earliest.weekday()) % 7)


def listing(items: Sequence[str], style: Literal["and", "or"], language: str) -> str:
    """« A, B et C », "A, B or C"; "" for nobody."""
    return _pattern(len(items), style, language).format(*items) if items else ""


@lru_cache(maxsize=64)
def _pattern(length: int, style: Literal["and", "or"], language: str) -> str:
    """« {0}, {1} et {2} »: Babel reads its patterns anew for every list."""
    names: dict[Literal["and", "or"], Literal["standard", "or"]] = {"and": "standard", "or": "or"}
    places = [f"{{{place}}}" for place in range(length)]
    return format_list(places, names[style], _locale(language))
