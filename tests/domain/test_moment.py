"""Rules become moments: on both sides of a clock change, over weekends and holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.moment import Anchors, WorkingCalendar, moment, on_wall
from worker.domain.rule import parse_rule

PARIS = ZoneInfo("Europe/Paris")
NO_HOLIDAYS = WorkingCalendar()


def over_at(year: int, month: int, day: int, hour: int = 10, zone: ZoneInfo = PARIS) -> Anchors:
    end = datetime(year, month, day, hour, tzinfo=zone)
    return Anchors(end - timedelta(minutes=90), end, zone, datetime(year, month, day, 8, 30, tzinfo=zone) + timedelta(weeks=4))


def on_the_wall(words: str, anchors: Anchors, calendar: WorkingCalendar = NO_HOLIDAYS) -> str:
    at = moment(parse_rule(words), anchors, calendar)
    assert at is not None
    return at.astimezone(anchors.zone).strftime("%a %d %b %H:%M")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("end + 3 h", "Tue 08 Dec 13:00"),
        ("start - 1 day", "Mon 07 Dec 08:30"),
        ("J+1 09:00", "Wed 09 Dec 09:00"),
        ("J-1 18:00", "Mon 07 Dec 18:00"),
        ("J+4 working 09:00", "Mon 14 Dec 09:00"),
        ("next working morning", "Wed 09 Dec 09:00"),
        ("next start - 1 day", "Mon 04 Jan 08:30"),
        ("next J-1 18:00", "Mon 04 Jan 18:00"),
    ],
)
def test_moments_after_a_tuesday_cafe(words: str, expected: str) -> None:
    assert on_the_wall(words, over_at(2026, 12, 8)) == expected


def test_the_next_working_morning_jumps_over_weekend_and_holiday() -> None:
    new_year = WorkingCalendar(holidays=frozenset({date(2027, 1, 1)}))

    assert on_the_wall("next working morning", over_at(2026, 12, 31), new_year) == "Mon 04 Jan 09:00"


def test_a_day_later_keeps_the_hour_on_the_wall_when_clocks_change() -> None:
    spring, autumn = over_at(2026, 3, 28), over_at(2026, 10, 24)

    assert on_the_wall("end + 1 day", spring) == "Sun 29 Mar 10:00"
    assert on_the_wall("end + 1 day", autumn) == "Sun 25 Oct 10:00"


def test_hours_are_elapsed_time_when_clocks_change() -> None:
    spring, autumn = over_at(2026, 3, 28), over_at(2026, 10, 24)

    assert on_the_wall("end + 24 h", spring) == "Sun 29 Mar 11:00"
    assert on_the_wall("end + 24 h", autumn) == "Sun 25 Oct 09:00"


def test_an_hour_that_is_jumped_over_comes_after_the_jump_and_a_doubled_one_is_its_first() -> None:
    assert on_wall(date(2026, 3, 29), time(2, 30), PARIS) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert on_wall(date(2026, 10, 25), time(2, 30), PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_without_a_next_edition_its_moments_are_none() -> None:
    alone = Anchors(datetime(2026, 12, 8, 8, tzinfo=PARIS), datetime(2026, 12, 8, 10, tzinfo=PARIS), PARIS)

    assert moment(parse_rule("next start - 1 day"), alone, NO_HOLIDAYS) is None
    assert moment(parse_rule("next J-1 18:00"), alone, NO_HOLIDAYS) is None


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(1, 15),
    st.sampled_from(["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
)
def test_the_nth_working_day_agrees_with_counting_on_the_fingers(day: date, number: int, zone_name: str) -> None:
    anchors = over_at(day.year, day.month, day.day, zone=ZoneInfo(zone_name))
    at = moment(parse_rule(f"J+{number} working 09:00"), anchors, NO_HOLIDAYS)

    following = (day + timedelta(days=n) for n in range(1, 40))
    expected = [d for d in following if d.weekday() < 5][number - 1]
    assert at is not None
    assert at.astimezone(anchors.zone).date() == expected
