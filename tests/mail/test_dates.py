"""Dates as people say them. "~" stands for U+00A0 in what is expected."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.mail import dates

PARIS = ZoneInfo("Europe/Paris")
MORNING = datetime(2026, 12, 8, 8, 30, tzinfo=PARIS)
TEN = datetime(2026, 12, 8, 10, 0, tzinfo=PARIS)


def fixed(text: str) -> str:
    return text.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "mardi 8~décembre 2026"), ("en", "Tuesday 8~December 2026")]
)
def test_a_date_is_written_out(language: str, words: str) -> None:
    assert dates.date_words(MORNING, language) == fixed(words)


def test_the_first_of_the_month_is_the_only_ordinal_in_french() -> None:
    assert dates.day_words(date(2027, 1, 1), "fr") == fixed("vendredi 1er~janvier")
    assert dates.day_words(date(2027, 1, 2), "fr") == fixed("samedi 2~janvier")
    assert dates.day_words(date(2027, 1, 1), "en") == fixed("Friday 1~January")


@pytest.mark.parametrize(
    ("hour", "minute", "french", "english"),
    [
        (8, 30, "8~h~30", "8:30~am"),
        (10, 0, "10~h", "10~am"),
        (0, 5, "0~h~05", "12:05~am"),
        (12, 0, "12~h", "12~pm"),
        (18, 45, "18~h~45", "6:45~pm"),
    ],
)
def test_an_hour_is_said_as_people_say_it(hour: int, minute: int, french: str, english: str) -> None:
    moment = MORNING.replace(hour=hour, minute=minute)

    assert dates.hour_words(moment, "fr") == fixed(french)
    assert dates.hour_words(moment, "en") == fixed(english)


def test_a_span_has_both_ends() -> None:
    assert dates.span_words(MORNING, TEN, "fr") == fixed("de 8~h~30 à 10~h")
    assert dates.span_words(MORNING, TEN, "en") == fixed("from 8:30~am to 10~am")


def test_a_span_over_midnight_names_the_second_day() -> None:
    late, early = MORNING.replace(hour=22, minute=0), MORNING.replace(day=9, hour=1, minute=0)

    assert dates.span_words(late, early, "fr") == fixed("de 22~h à 1~h (mercredi 9~décembre)")


def test_hours_are_those_of_the_meetings_own_zone() -> None:
    assert dates.hour_words(MORNING.astimezone(UTC), "fr") == fixed("7~h~30")
    assert dates.zone_words(PARIS, "fr") == "heure locale, Paris"
    assert dates.zone_words(ZoneInfo("America/New_York"), "en") == "New York time"


def test_both_sides_of_a_clock_change_read_the_wall_clock() -> None:
    summer, winter = (datetime(2026, 10, day, 8, 30, tzinfo=PARIS) for day in (24, 26))

    assert dates.hour_words(summer, "fr") == dates.hour_words(winter, "fr") == fixed("8~h~30")


@given(st.dates(max_value=date(2100, 1, 1)))
def test_the_day_to_have_met_is_a_friday_a_week_after_the_nudge(held: date) -> None:
    end = TEN.replace(held.year, held.month, held.day)

    day = dates.day_to_have_met(end)

    assert day.weekday() == 4
    assert 9 <= (day - end.date()).days <= 15


def test_names_are_listed_with_their_last_word() -> None:
    assert dates.listing([], "or", "fr") == ""
    assert dates.listing(["Inès"], "or", "fr") == "Inès"
    assert dates.listing(["Inès", "Théo", "Maud"], "or", "fr") == "Inès, Théo ou Maud"
    assert dates.listing(["Inès", "Théo", "Maud"], "and", "en") == "Inès, Théo and Maud"


def test_an_unknown_language_is_written_in_french() -> None:
    assert dates.weekday_words(MORNING, "it") == "mardi"
