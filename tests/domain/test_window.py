"""The window: mail is shifted forward into it, never sent outside, against a slow and obvious oracle."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from worker.domain.window import Hours, Window

HOURS = Hours(time(8, 0), time(19, 30))
CHRISTMAS = frozenset({date(2026, 12, 25)})
PARIS = HOURS.on(ZoneInfo("Europe/Paris"), CHRISTMAS)
ZONES = st.sampled_from(["Europe/Paris", "America/New_York", "Australia/Lord_Howe"])
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC))


def paris(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=ZoneInfo("Europe/Paris"))


def test_inside_the_window_a_moment_stays() -> None:
    assert PARIS.first_open(paris(8, 13)) == paris(8, 13)
    assert PARIS.contains(paris(8, 8))
    assert not PARIS.contains(paris(8, 19, 30))


def test_evenings_weekends_and_holidays_wait_for_the_next_working_morning() -> None:
    assert PARIS.first_open(paris(8, 21)) == paris(9, 8)
    assert PARIS.first_open(paris(12, 10)) == paris(14, 8)
    assert PARIS.first_open(paris(24, 20)) == paris(28, 8)


def test_the_window_closes_on_the_day_it_is_open() -> None:
    assert PARIS.closes_after(paris(8, 13)) == paris(8, 19, 30)
    assert PARIS.closes_after(paris(11, 23)) == paris(14, 19, 30)


@given(MOMENTS, ZONES)
def test_the_first_open_moment_is_what_a_minute_by_minute_search_finds(at: datetime, zone: str) -> None:
    window = HOURS.on(ZoneInfo(zone), frozenset())

    found = at
    while not _open_on_the_wall(found, window):
        found += timedelta(minutes=1)

    assert window.first_open(at) == found


def _open_on_the_wall(at: datetime, window: Window) -> bool:
    local = at.astimezone(window.zone)
    return local.weekday() < 5 and window.opens <= local.time() < window.closes


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=20)), ZONES)
def test_later_moments_are_never_sent_earlier(at: datetime, gap: timedelta, zone: str) -> None:
    window = HOURS.on(ZoneInfo(zone), frozenset())

    assert window.first_open(at) <= window.first_open(at + gap)
    assert window.first_open(window.first_open(at)) == window.first_open(at)
    assert at <= window.first_open(at) < window.closes_after(at)
