"""Moments as the inbox pages write them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from worker.mail.calendar_card import CalendarCard
from worker.mail.dates import date_words, hour_words, span_words, zone_words
from worker.web.inbox_words import Words


def short_moment(moment: datetime, zone: ZoneInfo, words: Words) -> str:
    """« lun. 30 nov. 09:02 »."""
    return format_datetime(moment.astimezone(zone), "EEE d MMM HH:mm", locale=words.language)


def long_moment(moment: datetime, zone: ZoneInfo, words: Words) -> str:
    """« lundi 30 novembre 2026, 9 h 02 »."""
    local = moment.astimezone(zone)
    return f"{date_words(local, words.language)}, {hour_words(local, words.language)}"


def month(day: date, words: Words) -> str:
    """« déc. »."""
    return format_date(day, "MMM", locale=words.language)


def occasion(card: CalendarCard, words: Words) -> str:
    """« jeudi 10 décembre 2026, de 8 h 30 à 10 h », on the event's own wall clock; "" without a start."""
    if card.starts is None:
        return ""
    day = date_words(card.starts, words.language)
    if not isinstance(card.starts, datetime):
        return f"{day}, {words.whole_day}"
    return f"{day}, {_hours(card.starts, card.ends, words)}{_zone(card.starts, words)}"


def _hours(starts: datetime, ends: datetime | date | None, words: Words) -> str:
    if not isinstance(ends, datetime):
        return hour_words(starts, words.language)
    return span_words(starts, ends, words.language)


def _zone(moment: datetime, words: Words) -> str:
    if isinstance(moment.tzinfo, ZoneInfo) and moment.tzinfo.key != "UTC":
        return f" ({zone_words(moment.tzinfo, words.language)})"
    return f" ({moment.tzname()})" if moment.tzinfo else ""
