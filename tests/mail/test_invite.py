"""The calendar invitation, read back by parsers that are not ours to please."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from tests.sample import cafe, guest, meeting
from worker.mail.invite import Invitation, request
from worker.mail.timezone import timezone

STAMP = datetime(2026, 12, 9, 8, 0, tzinfo=UTC)
ZONES = (
    "Europe/Paris", "Europe/Dublin", "America/New_York", "Africa/Casablanca", "Asia/Kolkata",
    "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Auckland", "UTC",
)  # fmt: skip
RULED = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland", "Europe/London")


def invitation(start: datetime, name: str = "Zoe") -> Invitation:
    person = replace(guest("Zoe").person, name=name)
    return Invitation(
        meeting(13, start), replace(guest("Zoe"), person=person), "cafe-13-token@cafe.example.org",
        "rsvp+token@cafe.example.org", "Café des Victoires", "Café n° 13", "Une heure et demie.", STAMP,
    )  # fmt: skip


def event_of(ics: bytes) -> Event:
    [event] = Calendar.from_ical(ics).walk("VEVENT")
    assert isinstance(event, Event)
    return event


MONTHS = [(2027 + month // 12, month % 12 + 1) for month in range(24)]


@pytest.mark.parametrize("zone", ZONES)
def test_eight_in_the_morning_is_eight_in_every_month_and_zone_for_two_parsers(zone: str) -> None:
    for year, month in MONTHS:
        start = datetime(year, month, 12, 8, 0, tzinfo=ZoneInfo(zone))
        ics = request(invitation(start))

        assert event_of(ics).start == start
        assert vobject.readOne(ics.decode()).vevent.dtstart.value.astimezone(UTC) == start.astimezone(UTC)


def test_paris_has_two_yearly_rules_and_no_rdate() -> None:
    ics = request(invitation(datetime(2027, 7, 6, 8, 0, tzinfo=ZoneInfo("Europe/Paris")))).decode()

    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in ics
    assert "DTSTART:19701025T030000" in ics
    assert "RDATE" not in ics
    assert "COMMENT" not in ics


def test_a_zone_without_yearly_rules_is_sent_as_utc() -> None:
    ics = request(invitation(datetime(2027, 7, 6, 8, 0, tzinfo=ZoneInfo("Africa/Casablanca")))).decode()

    assert "VTIMEZONE" not in ics
    assert "DTSTART:20270706T070000Z" in ics


@pytest.mark.parametrize("zone", RULED)
def test_the_rules_of_a_zone_agree_with_the_system_on_every_hour_around_the_event(zone: str) -> None:
    system, rules = ZoneInfo(zone), timezone(ZoneInfo(zone), datetime(2027, 1, 12, tzinfo=UTC))
    assert rules is not None
    ours, at = rules.to_tz(), datetime(2026, 7, 1, tzinfo=UTC)

    while at < datetime(2028, 7, 1, tzinfo=UTC):
        assert at.astimezone(ours).utcoffset() == at.astimezone(system).utcoffset()
        at += timedelta(hours=7)


def test_there_is_one_attendee_and_an_organizer_with_nothing_but_a_name() -> None:
    event = event_of(request(invitation(datetime(2027, 1, 12, 8, 30, tzinfo=ZoneInfo("Europe/Paris")))))

    assert [str(who) for who in event.attendees] == ["mailto:zoe@example.org"]
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Zoe",
        "CUTYPE": "INDIVIDUAL",
        "PARTSTAT": "NEEDS-ACTION",
        "ROLE": "REQ-PARTICIPANT",
        "RSVP": "TRUE",
    }
    assert dict(event["ORGANIZER"].params) == {"CN": "Café des Victoires"}
    assert event["DTSTAMP"].to_ical() == b"20261209T080000Z"


@given(st.text(max_size=300))
def test_no_name_breaks_a_line_or_adds_a_property(name: str) -> None:
    paris = datetime(2027, 1, 12, 8, 30, tzinfo=ZoneInfo("Europe/Paris"))
    plain, hostile = request(invitation(paris)), request(invitation(paris, name))

    assert all(len(line) <= 75 for line in hostile.split(b"\r\n"))
    assert hostile.count(b"\n") == hostile.count(b"\r\n")
    assert set(event_of(hostile).keys()) == set(event_of(plain).keys())
    assert len(event_of(hostile).attendees) == 1


def test_the_same_invitation_is_the_same_bytes() -> None:
    one = invitation(datetime(2027, 1, 12, 8, 30, tzinfo=ZoneInfo("Europe/Paris")))

    assert request(one) == request(one)


def test_a_fixed_offset_is_refused() -> None:
    fixed = cafe(13).meeting.start.astimezone(UTC)

    with pytest.raises(TypeError, match="ZoneInfo"):
        request(invitation(fixed))
