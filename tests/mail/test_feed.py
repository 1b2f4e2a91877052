"""The calendar of a series: what subscribers read, and what they must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from tests.sample import cafe, meeting
from worker.domain.change import Details, called_off, changed
from worker.domain.edition import Meeting
from worker.mail.feed import Feed, feed, says_the_same

AT = datetime(2026, 12, 9, 8, tzinfo=UTC)
SERIES = cafe(12).series
FIRST, SECOND = cafe(12).meeting, meeting(13, datetime(2027, 7, 6, 8, 30, tzinfo=ZoneInfo("Europe/Paris")))


def written(*meetings: Meeting, language: str = "fr", stamp: datetime = AT) -> bytes:
    return feed(Feed(SERIES, meetings, language, "cafe.example.org", stamp))


def events(ics: bytes) -> list[dict[str, object]]:
    found: list[Any] = Calendar.from_ical(ics).walk("VEVENT")
    return [
        {"uid": str(e["UID"]), "start": e.start, "sequence": int(e["SEQUENCE"]), "status": str(e["STATUS"])}
        for e in found
    ]


def test_it_tells_each_meeting_once_at_its_moment_in_winter_and_summer() -> None:
    ics = written(SECOND, FIRST)

    told = events(ics)
    assert [(one["uid"], one["start"]) for one in told] == [
        ("cafe-12@cafe.example.org", FIRST.start),
        ("cafe-13@cafe.example.org", SECOND.start),
    ]
    starts = [e.dtstart.value.astimezone(UTC) for e in vobject.readOne(ics.decode()).vevent_list]
    assert starts == [FIRST.start.astimezone(UTC), SECOND.start.astimezone(UTC)]
    assert ics.count(b"BEGIN:VTIMEZONE") == 1
    assert b"RDATE" not in ics


def test_nobody_is_named_in_it_and_nobody_is_asked() -> None:
    ics = written(FIRST, SECOND)

    assert b"METHOD:PUBLISH" in ics
    assert not any(word in ics for word in (b"ATTENDEE", b"ORGANIZER", b"mailto:"))
    assert max(len(line) for line in ics.split(b"\r\n")) <= 75


@pytest.mark.parametrize(("language", "word"), [("fr", "ANNULÉ"), ("en", "CANCELLED")])
def test_what_moved_and_what_was_called_off_keep_their_uid(language: str, word: str) -> None:
    moved = changed(SECOND, Details(start=SECOND.start + timedelta(minutes=30)), AT)
    off = called_off(moved, AT + timedelta(hours=1))

    told = [events(written(each, language=language))[0] for each in (SECOND, moved, off)]

    assert len({one["uid"] for one in told}) == 1
    assert [(one["sequence"], one["status"]) for one in told] == [
        (0, "CONFIRMED"),
        (1, "CONFIRMED"),
        (2, "CANCELLED"),
    ]
    [event] = Calendar.from_ical(written(off, language=language)).walk("VEVENT")
    assert word in str(event["SUMMARY"])


def test_zones_without_yearly_rules_and_several_zones_are_read_right() -> None:
    far = meeting(14, datetime(2027, 7, 6, 8, 30, tzinfo=ZoneInfo("Africa/Casablanca")))
    overseas = meeting(15, datetime(2027, 8, 6, 8, 30, tzinfo=ZoneInfo("America/New_York")))

    told = events(written(FIRST, far, overseas))

    assert [one["start"] for one in told] == [FIRST.start, far.start.astimezone(UTC), overseas.start]


def test_written_again_it_says_the_same_until_something_changes() -> None:
    later = written(FIRST, stamp=AT + timedelta(hours=1))

    assert says_the_same(written(FIRST), later)
    assert not says_the_same(written(FIRST), written(replace(FIRST, title="Autre")))


def test_it_may_be_empty() -> None:
    assert events(written()) == []
