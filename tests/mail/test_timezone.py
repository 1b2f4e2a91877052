"""VTIMEZONE as two yearly rules, against the system's own database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from icalendar import Timezone

from worker.mail.timezone import timezone

JANUARY = datetime(2027, 1, 12, tzinfo=UTC)
RULED = ("Europe/Paris", "Europe/London", "Europe/Dublin", "America/New_York",
         "Australia/Lord_Howe", "Pacific/Auckland", "Africa/Cairo")  # fmt: skip
FIXED = ("Asia/Kolkata", "Asia/Tokyo", "America/Sao_Paulo", "Africa/Abidjan")


def made(zone: str, around: datetime = JANUARY) -> Timezone:
    rules = timezone(ZoneInfo(zone), around)
    assert rules is not None
    return rules


def disagreements(rules: Timezone, zone: str, *, every: timedelta) -> list[datetime]:
    """Moments from half a year before to a year and a half after, at which the rules tell another hour."""
    ours, system, at, found = rules.to_tz(), ZoneInfo(zone), datetime(2026, 7, 1, tzinfo=UTC), []
    while at < datetime(2028, 7, 1, tzinfo=UTC):
        if at.astimezone(ours).utcoffset() != at.astimezone(system).utcoffset():
            found.append(at)
        at += every
    return found


def test_paris_is_written_as_calendars_write_it() -> None:
    lines = made("Europe/Paris").to_ical().decode().split("\r\n")

    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in lines
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in lines
    assert {"DTSTART:19700329T020000", "DTSTART:19701025T030000"} < set(lines)
    assert not any(line.startswith(("RDATE", "COMMENT", "X-")) for line in lines)


@pytest.mark.parametrize("zone", RULED)
def test_two_yearly_rules_agree_with_the_system_at_every_hour_around_the_event(zone: str) -> None:
    rules = made(zone)

    assert [part.name for part in rules.subcomponents].count("DAYLIGHT") == 1
    assert len(rules.subcomponents) == 2
    assert disagreements(rules, zone, every=timedelta(hours=7)) == []


@pytest.mark.parametrize("zone", FIXED)
def test_a_zone_without_summer_time_is_one_standard_without_a_rule(zone: str) -> None:
    rules = made(zone)

    assert [part.name for part in rules.subcomponents] == ["STANDARD"]
    assert b"RRULE" not in rules.to_ical()
    assert disagreements(rules, zone, every=timedelta(days=31)) == []


#: Ramadan moves the clocks; "Sunday from the 2nd on" is the first Sunday in some years, the second in others.
@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Asia/Gaza", "America/Santiago", "UTC", "Etc/UTC"])
def test_a_zone_that_two_yearly_rules_cannot_say_is_none(zone: str) -> None:
    assert timezone(ZoneInfo(zone), JANUARY) is None


def test_a_zone_that_has_just_changed_its_law_is_none_until_the_rules_are_old() -> None:
    abolished = datetime(2022, 12, 1, tzinfo=UTC)

    assert timezone(ZoneInfo("America/Mexico_City"), abolished) is None
    assert len(made("America/Mexico_City").subcomponents) == 1


@pytest.mark.exhaustive
@pytest.mark.parametrize("zone", sorted(available_timezones()))
def test_every_zone_is_right_or_none(zone: str) -> None:
    rules = timezone(ZoneInfo(zone), JANUARY)

    assert rules is None or disagreements(rules, zone, every=timedelta(hours=31)) == []
