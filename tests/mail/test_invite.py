"""The calendar invitation, read back by parsers that are not ours to please."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from icalendar import Calendar, Event

from tests.mail.hostile import hostile
from tests.sample import cafe, guest, meeting
from worker.domain.edition import Venue
from worker.domain.errors import ComposeFailed
from worker.mail.invite import Invitation, request

STAMP = datetime(2026, 12, 9, 8, 0, tzinfo=UTC)
PARIS = datetime(2027, 1, 12, 8, 30, tzinfo=ZoneInfo("Europe/Paris"))
ZONES = (
    "Europe/Paris", "Europe/Dublin", "America/New_York", "Africa/Casablanca", "Asia/Kolkata",
    "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Auckland", "UTC",
)  # fmt: skip


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


def test_a_zone_without_yearly_rules_is_sent_as_utc() -> None:
    ics = request(invitation(datetime(2027, 7, 6, 8, 0, tzinfo=ZoneInfo("Africa/Casablanca")))).decode()

    assert "VTIMEZONE" not in ics
    assert "DTSTART:20270706T070000Z" in ics


def test_there_is_one_attendee_and_an_organizer_with_nothing_but_a_name() -> None:
    event = event_of(request(invitation(PARIS)))

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


@given(hostile(max_size=300))
def test_no_name_breaks_a_line_or_adds_a_property(name: str) -> None:
    plain, hostile = request(invitation(PARIS)), request(invitation(PARIS, name))

    assert all(len(line) <= 75 for line in hostile.split(b"\r\n"))
    assert hostile.count(b"\n") == hostile.count(b"\r\n")
    assert set(event_of(hostile).keys()) == set(event_of(plain).keys())
    assert len(event_of(hostile).attendees) == 1


def test_the_same_invitation_is_the_same_bytes() -> None:
    one = invitation(PARIS)

    assert request(one) == request(one)


def test_a_fixed_offset_is_refused() -> None:
    fixed = cafe(13).meeting.start.astimezone(UTC)

    with pytest.raises(TypeError, match="ZoneInfo"):
        request(invitation(fixed))


def test_an_end_in_another_zone_is_written_in_the_zone_of_the_start() -> None:
    made = invitation(PARIS)
    elsewhere = made.meeting.end.astimezone(ZoneInfo("America/New_York"))

    same = replace(made, meeting=replace(made.meeting, end=elsewhere))

    assert request(same) == request(made)


def test_an_end_without_a_zone_is_refused_and_so_is_one_before_the_start() -> None:
    made = invitation(PARIS)
    floating = replace(made.meeting, end=made.meeting.end.replace(tzinfo=None))
    over = replace(made.meeting, end=PARIS - timedelta(hours=1))

    with pytest.raises(TypeError, match="zone"):
        request(replace(made, meeting=floating))
    with pytest.raises(ComposeFailed, match="edition file"):
        request(replace(made, meeting=over))


@given(hostile(max_size=300))
def test_no_url_title_or_venue_adds_a_property(text: str) -> None:
    made = invitation(PARIS)
    venue = Venue(text, text)
    hostile = replace(made, url=f"https://{text}", summary=text, meeting=replace(made.meeting, venue=venue))

    ics = request(hostile)

    assert set(event_of(ics).keys()) == {*event_of(request(made)).keys(), "URL"}
    assert all(len(line) <= 75 for line in ics.split(b"\r\n"))
    assert len(vobject.readOne(ics.decode()).vevent.contents["attendee"]) == 1
