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
    following = datetime(year, month, day, 8, 30, tzinfo=zone) + timedelta(weeks=4)
    return Anchors(end - timedelta(minutes=90), end, zone, following)


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


def test_an_hour_that_is_jumped_over_is_the_end_of_the_jump_and_a_doubled_one_is_its_first() -> None:
    assert on_wall(date(2026, 3, 29), time(2, 30), PARIS) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
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
def test_the_nth_working_day_agrees_with_counting_on_the_fingers(
    day: date, number: int, zone_name: str
) -> None:
    anchors = over_at(day.year, day.month, day.day, zone=ZoneInfo(zone_name))
    at = moment(parse_rule(f"J+{number} working 09:00"), anchors, NO_HOLIDAYS)

    following = (day + timedelta(days=n) for n in range(1, 40))
    expected = [d for d in following if d.weekday() < 5][number - 1]
    assert at is not None
    assert at.astimezone(anchors.zone).date() == expected


def test_a_day_before_keeps_the_hour_on_the_wall_and_24_hours_before_do_not() -> None:
    spring = over_at(2026, 3, 29)

    assert on_the_wall("end - 1 day", spring) == "Sat 28 Mar 10:00"
    assert on_the_wall("end - 24 h", spring) == "Sat 28 Mar 09:00"


def test_a_day_later_in_a_skipped_hour_is_the_first_moment_after_it() -> None:
    night = over_at(2026, 3, 28, hour=2)

    assert on_the_wall("end + 1 day", night) == "Sun 29 Mar 03:00"


def test_a_day_of_the_edition_is_a_day_of_its_zone() -> None:
    end = datetime(2026, 12, 8, 22, 30, tzinfo=UTC)
    auckland = Anchors(end, end, ZoneInfo("Pacific/Auckland"))

    assert on_the_wall("J+1 09:00", auckland) == "Thu 10 Dec 09:00"


def test_a_meeting_past_midnight_counts_days_before_from_its_start_and_days_after_from_its_end() -> None:
    start = datetime(2026, 12, 8, 21, tzinfo=PARIS)
    late = Anchors(start, start + timedelta(hours=4), PARIS)

    assert on_the_wall("J-1 18:00", late) == "Mon 07 Dec 18:00"
    assert on_the_wall("J+1 18:00", late) == "Thu 10 Dec 18:00"


def test_a_week_without_a_working_day_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        WorkingCalendar(days=frozenset())


CHANGES = [
    ("Europe/Paris", date(2026, 3, 29)),
    ("Europe/Paris", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("America/Havana", date(2026, 3, 8)),
    ("Pacific/Apia", date(2011, 12, 30)),
]


@given(st.sampled_from(CHANGES), st.integers(-1, 1), st.integers(0, 1439))
def test_the_hour_on_the_wall_is_what_somebody_sees_who_watches_the_clock(
    change: tuple[str, date], shift: int, minute: int
) -> None:
    zone, day, at = ZoneInfo(change[0]), change[1] + timedelta(days=shift), time(minute // 60, minute % 60)

    seen = datetime.combine(day, at, tzinfo=UTC) - timedelta(hours=15)
    while seen.astimezone(zone).replace(tzinfo=None) < datetime.combine(day, at):
        seen += timedelta(minutes=1)

    assert on_wall(day, at, zone) == seen
