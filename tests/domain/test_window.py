"""The window: mail is shifted forward into it, never sent outside, against a slow and obvious oracle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.window import Hours, Window

MINUTE = timedelta(minutes=1)
HOURS = Hours(time(8, 0), time(19, 30))
CHRISTMAS = frozenset({date(2026, 12, 25)})
PARIS = HOURS.on(ZoneInfo("Europe/Paris"), CHRISTMAS)

#: Mondays of the weeks at whose end clocks change.
CHANGES = [
    ("Europe/Paris", date(2026, 3, 23)),
    ("Europe/Paris", date(2026, 10, 19)),
    ("America/New_York", date(2026, 3, 2)),
    ("America/New_York", date(2026, 10, 26)),
    ("Australia/Lord_Howe", date(2026, 9, 28)),
    ("Australia/Lord_Howe", date(2026, 3, 30)),
]


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


def test_a_window_that_a_clock_change_swallows_waits_for_the_next_day() -> None:
    night = Hours(time(2, 10), time(2, 50), frozenset(range(7))).on(ZoneInfo("Europe/Paris"), frozenset())
    before = datetime(2026, 3, 28, 23, tzinfo=UTC)

    assert night.first_open(before) == datetime(2026, 3, 30, 0, 10, tzinfo=UTC)
    assert night.closes_after(before) == datetime(2026, 3, 30, 0, 50, tzinfo=UTC)


def test_a_window_that_never_opens_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="must open before it closes"):
        Window(time(20), time(8), ZoneInfo("Europe/Paris"))


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, datetime]:
    """Any hours in a week of a clock change, with days off and holidays, and a moment of that week."""
    zone, monday = draw(st.sampled_from(CHANGES))
    opens, closes = sorted(draw(st.sets(st.integers(0, 1439), min_size=2, max_size=2)))
    days = draw(st.sets(st.integers(0, 6), min_size=3))
    off = draw(st.sets(st.integers(0, 13).map(lambda n: monday + timedelta(days=n)), max_size=2))
    hours = Hours(time(opens // 60, opens % 60), time(closes // 60, closes % 60), frozenset(days))
    at = datetime.combine(monday, time(), tzinfo=UTC) + draw(st.integers(0, 7 * 1440)) * MINUTE
    return hours.on(ZoneInfo(zone), frozenset(off)), at


@given(windows())
def test_the_first_open_moment_is_what_a_minute_by_minute_search_finds(
    given_window: tuple[Window, datetime],
) -> None:
    window, at = given_window

    minutes = ((minute, is_open) for minute, is_open in _watched(window, at) if minute >= at)
    found = next(minute for minute, is_open in minutes if is_open)
    closes = next(minute for minute, is_open in minutes if not is_open)

    assert window.first_open(at) == found
    assert window.closes_after(at) == closes
    assert window.contains(at) == (found == at)


def _watched(window: Window, at: datetime) -> Iterator[tuple[datetime, bool]]:
    """Somebody at the clock from two days before, who opens at the first sight of `opens` and closes likewise."""
    minute, today, opened, closed = at - timedelta(days=2), date.min, False, False
    while True:
        wall = minute.astimezone(window.zone)
        if wall.date() > today:
            today, opened, closed = wall.date(), False, False
        opened, closed = opened or wall.time() >= window.opens, closed or wall.time() >= window.closes
        yield minute, opened and not closed and window.calendar.works(today)
        minute += MINUTE


@given(windows(), st.timedeltas(timedelta(0), timedelta(days=20)))
def test_later_moments_are_never_sent_earlier(given_window: tuple[Window, datetime], gap: timedelta) -> None:
    window, at = given_window

    assert window.first_open(at) <= window.first_open(at + gap)
    assert window.first_open(window.first_open(at)) == window.first_open(at)
    assert at <= window.first_open(at) < window.closes_after(at)
    assert not window.contains(window.closes_after(at))
