"""Rules and windows against a slow, obvious oracle: minutes counted one by one, over zones, years and clock changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from worker.domain.caps import next_turn
from worker.domain.moment import Anchors, WorkingCalendar, moment
from worker.domain.rule import Anchor, DayTime, Offset, Rule, Unit
from worker.domain.season import Season, closed_days
from worker.domain.window import Hours

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

#: With and without summer time, both hemispheres, half hours, a day that was never (Apia 2011), changes at midnight.
ZONES = (
    "Europe/Paris", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu",
    "Africa/Casablanca", "Pacific/Apia", "Pacific/Kiritimati", "Asia/Kolkata", "Asia/Beirut", "UTC",
)  # fmt: skip

CALENDARS = st.builds(
    lambda days, off, seasons: WorkingCalendar(
        frozenset(days), frozenset(off) | closed_days(seasons, range(2009, 2036))
    ),
    st.sets(st.integers(0, 6), min_size=2),
    st.sets(st.dates(date(2010, 1, 1), date(2034, 12, 31)), max_size=5),
    st.lists(st.sampled_from([Season((8, 1), (8, 31)), Season((12, 24), (1, 2))]), max_size=2),
)


@cache
def _changes(name: str) -> list[datetime]:
    """The days on which this zone's clocks change, a quarter of a century long; New Year where they never do."""
    zone, days = ZoneInfo(name), [datetime(2010, 1, 2, tzinfo=UTC) + n * DAY for n in range(24 * 365)]
    found = [
        day for day in days if day.astimezone(zone).utcoffset() != (day - DAY).astimezone(zone).utcoffset()
    ]
    return found or [datetime(year, 1, 1, tzinfo=UTC) for year in range(2010, 2034)]


@dataclass(frozen=True)
class Case:
    """A Café somewhere, some day."""

    anchors: Anchors
    calendar: WorkingCalendar


def _the_eve_of_a_midnight_that_is_left_out() -> Case:
    zone = ZoneInfo("Asia/Beirut")
    end = datetime(2010, 3, 27, 23, 19, tzinfo=zone)
    return Case(Anchors(end - MINUTE, end, zone), WorkingCalendar(frozenset({0, 6})))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    name = draw(st.sampled_from(ZONES))
    start = draw(st.sampled_from(_changes(name))) + draw(st.integers(-6 * 1440, 3 * 1440)) * MINUTE
    zone = ZoneInfo(name)
    following = start + draw(st.integers(1, 90 * 1440)) * MINUTE
    anchors = Anchors(
        start.astimezone(zone),
        (start + draw(st.integers(1, 2880)) * MINUTE).astimezone(zone),
        zone,
        following.astimezone(zone),
    )
    return Case(anchors, draw(CALENDARS))


#: Hours that clock changes jump over or repeat, somewhere.
NIGHT = (time(0, 0), time(0, 20), time(2, 10), time(2, 30), time(3, 0))

DAY_TIMES = st.builds(
    DayTime,
    st.integers(-4, 8),
    st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60)) | st.sampled_from(NIGHT),
    st.booleans(),
    st.booleans(),
).filter(lambda rule: not rule.working or rule.days > 0)
DAYS_LATER = st.builds(
    Offset, st.sampled_from(Anchor), st.integers(-8, 8), st.sampled_from([Unit.DAY, Unit.WEEK])
)
ELAPSED = st.builds(
    Offset, st.sampled_from(Anchor), st.integers(-999, 999), st.sampled_from([Unit.MINUTE, Unit.HOUR])
)


@given(cases(), DAY_TIMES | DAYS_LATER)
def test_a_day_and_an_hour_are_what_somebody_watching_the_wall_clock_finds(case: Case, rule: Rule) -> None:
    wanted_day, wanted_hour = _on_paper(case, rule)

    found = moment(rule, case.anchors, case.calendar)

    assert found == _watching(case.anchors.zone, wanted_day, wanted_hour)


@given(
    st.sampled_from(
        [
            zone
            for zone in ZONES
            if zone not in {"UTC", "Asia/Kathmandu", "Asia/Kolkata", "Pacific/Kiritimati"}
        ]
    ),
    st.integers(0, 40),
    st.integers(0, 1),
    st.sampled_from(NIGHT) | st.integers(0, 239).map(lambda minute: time(minute // 60, minute % 60)),
)
def test_in_the_night_of_a_clock_change_too(name: str, change: int, later: int, at: time) -> None:
    zone, changes = ZoneInfo(name), _changes(name)
    day = changes[change % len(changes)] - 2 * DAY
    noon = datetime.combine(day.date(), time(12), tzinfo=zone)
    anchors = Anchors(noon, noon + MINUTE, zone)

    found = moment(DayTime(1 + later, at), anchors, WorkingCalendar())

    assert found == _watching(zone, day.date() + (1 + later) * DAY, at)


@given(cases(), ELAPSED)
def test_hours_are_counted_by_a_stopwatch(case: Case, rule: Offset) -> None:
    minutes = rule.number * (60 if rule.unit is Unit.HOUR else 1)
    begun = _anchor(case.anchors, rule.anchor).astimezone(UTC)

    found = moment(rule, case.anchors, case.calendar)

    assert found == begun + minutes * MINUTE


@given(
    cases(), st.tuples(st.integers(0, 1439), st.integers(0, 1439)).filter(lambda hours: hours[0] < hours[1])
)
@example(_the_eve_of_a_midnight_that_is_left_out(), (0, 5))
def test_a_window_opens_when_somebody_waiting_at_the_door_sees_it_open(
    case: Case, hours: tuple[int, int]
) -> None:
    opens, closes = (time(minute // 60, minute % 60) for minute in hours)
    window = Hours(opens, closes, case.calendar.days).on(case.anchors.zone, case.calendar.holidays)
    at = case.anchors.end

    found = window.first_open(at)

    local = found.astimezone(case.anchors.zone)
    assert found >= at
    assert case.calendar.works(local.date())
    assert opens <= local.time() < closes or _jumped_over(case.anchors.zone, local)
    assert not any(_is_open(window.zone, case, opens, closes, m) for m in _steps(at, found))


@given(
    cases(),
    st.integers(0, 3 * 1440),
    st.tuples(st.integers(0, 1439), st.integers(0, 1439)).filter(lambda hours: hours[0] < hours[1]),
)
def test_a_mail_that_waits_its_turn_leaves_at_its_hour_on_the_next_day_on_which_anything_may(
    case: Case, ago: int, hours: tuple[int, int]
) -> None:
    opens, closes = (time(minute // 60, minute % 60) for minute in hours)
    window = Hours(opens, closes, case.calendar.days).on(case.anchors.zone, case.calendar.holidays)
    after, due = case.anchors.end, case.anchors.end - ago * MINUTE

    found = next_turn(due, window, after)

    zone, hour = case.anchors.zone, due.astimezone(case.anchors.zone).time()
    tomorrow = _watching(zone, after.astimezone(zone).date() + DAY, time())
    day = (
        window.first_open(
            window.first_open(max(tomorrow, _watching(zone, after.astimezone(zone).date() + DAY, hour)))
        )
        .astimezone(zone)
        .date()
    )
    assert found.astimezone(zone).date() > after.astimezone(zone).date()
    assert window.contains(found)
    assert found == window.first_open(max(window.on_day(day)[0], _watching(zone, day, hour)))


def _on_paper(case: Case, rule: Rule) -> tuple[date, time]:
    """The day and the hour that the rule speaks of, counted on a calendar sheet."""
    zone = case.anchors.zone
    if isinstance(rule, Offset):
        local = _anchor(case.anchors, rule.anchor).astimezone(zone)
        return local.date() + timedelta(days=rule.number * (7 if rule.unit is Unit.WEEK else 1)), local.time()
    base = (
        case.anchors.next_start
        if rule.of_next
        else case.anchors.end
        if rule.days >= 0
        else case.anchors.start
    )
    assert base
    day = base.astimezone(zone).date()
    if not rule.working:
        return day + timedelta(days=rule.days), rule.at
    ahead = (day + timedelta(days=n) for n in range(1, 400))
    return [d for d in ahead if d.weekday() in case.calendar.days and d not in case.calendar.holidays][
        rule.days - 1
    ], rule.at


def _anchor(anchors: Anchors, anchor: Anchor) -> datetime:
    if anchor is Anchor.NEXT_START:
        assert anchors.next_start
        return anchors.next_start
    return anchors.start if anchor is Anchor.START else anchors.end


def _watching(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The first second at which the clock on the wall shows that day and hour, or anything later."""
    wanted = datetime.combine(day, at)
    moment_ = datetime.combine(day, at, tzinfo=UTC) - timedelta(hours=30)
    for step in (MINUTE * 30, MINUTE, timedelta(seconds=1)):
        while _wall(zone, moment_ + step) < wanted:
            moment_ += step
    return moment_ if _wall(zone, moment_) >= wanted else moment_ + timedelta(seconds=1)


def _wall(zone: ZoneInfo, at: datetime) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _steps(begin: datetime, end: datetime) -> Iterator[datetime]:
    """Moments before the end, a quarter of an hour apart at most, and the last minute before it."""
    at = begin.astimezone(
        UTC
    )  # in a zone, a quarter of an hour more may be a minute that its clocks leave out
    while at < end:
        yield at
        at += 15 * MINUTE
    if end - MINUTE >= begin:
        yield end.astimezone(UTC) - MINUTE


def _is_open(zone: ZoneInfo, case: Case, opens: time, closes: time, at: datetime) -> bool:
    local = at.astimezone(zone)
    return case.calendar.works(local.date()) and opens <= local.time() < closes and not local.fold


def _jumped_over(zone: ZoneInfo, local: datetime) -> bool:
    """Whether the clock jumped within the hours before."""
    earlier = (local.astimezone(UTC) - timedelta(hours=3)).astimezone(zone)
    return earlier.utcoffset() != local.utcoffset()
