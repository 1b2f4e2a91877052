"""Our invitations, read by libical and ical.js: the moment, the sequence, the name, in every month and zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from tests.calendar_judges import JUDGES, opinions
from tests.mail.test_invite import ZONES, invitation
from worker.mail.calendar_cancel import cancellation
from worker.mail.calendar_frame import framed_request
from worker.mail.invite import Invitation

#: From the month in which this was written, for two years: both sides of every change of clocks.
MONTHS = [(2026 + (10 + month) // 12, (10 + month) % 12 + 1) for month in range(25)]
MORE_ZONES = ("America/Santiago", "Asia/Tehran", "America/St_Johns", "Antarctica/Troll", "Asia/Kathmandu")
NAMES = ("Zoé « Zou » d’Arc", 'Jean "Jo" ^ Dupont', "王小明", "عمر 😀", "x" * 120, "a, b; c: d\\n")


def starts(zone: str, day: int = 12) -> Iterator[datetime]:
    """Half past eight on a day of each month, and on the very days on which clocks change in Europe."""
    for year, month in MONTHS:
        yield datetime(year, month, day, 8, 30, tzinfo=ZoneInfo(zone))
    for year, month, sunday in ((2027, 3, 28), (2027, 10, 31), (2028, 3, 26), (2028, 10, 29)):
        yield datetime(year, month, sunday, 8, 30, tzinfo=ZoneInfo(zone))


def differing(judge: str, invitations: list[Invitation], written: list[bytes]) -> list[str]:
    """Which of them the judge reads otherwise than we meant."""
    read = opinions(judge, written)
    assert len(read) == len(written)
    meant = ((each.meeting.start.timestamp(), each.meeting.end.timestamp(), each.uid) for each in invitations)
    return [
        f"{each.meeting.start} {each.meeting.zone.key}"
        for each, means, reads in zip(invitations, meant, read, strict=True)
        if means != (reads["start"], reads["end"], reads["uid"]) or reads.get("errors")
    ]


@pytest.mark.parametrize("judge", JUDGES)
def test_every_month_and_zone_is_read_at_the_same_moment(judge: str) -> None:
    invitations = [invitation(start) for zone in (*ZONES, *MORE_ZONES) for start in starts(zone)]

    assert differing(judge, invitations, [framed_request(each) for each in invitations]) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("judge", JUDGES)
def test_every_zone_there_is_is_read_at_the_same_moment(judge: str) -> None:
    zones = sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("posix/", "right/"))
    )
    invitations = [invitation(start) for zone in zones for start in starts(zone)]

    assert differing(judge, invitations, [framed_request(each) for each in invitations]) == []


@pytest.mark.parametrize("judge", JUDGES)
def test_a_move_and_an_end_are_read_as_such(judge: str) -> None:
    first = invitation(datetime(2027, 7, 6, 8, 30, tzinfo=ZoneInfo("Europe/Paris")))
    moved = replace(first.meeting, start=first.meeting.start + timedelta(minutes=30), revision=1)
    over = replace(moved, revision=2, called_off=True)
    written = [
        framed_request(first),
        framed_request(replace(first, meeting=moved)),
        cancellation(replace(first, meeting=over)),
    ]

    read = opinions(judge, written)

    assert [(one["method"], one["sequence"]) for one in read] == [
        ("REQUEST", 0),
        ("REQUEST", 1),
        ("CANCEL", 2),
    ]
    assert len({one["uid"] for one in read}) == 1
    assert read[1]["start"] - read[0]["start"] == 1800


@pytest.mark.parametrize("judge", JUDGES)
def test_hostile_names_are_one_attendee(judge: str) -> None:
    start = datetime(2027, 1, 12, 8, 30, tzinfo=ZoneInfo("Europe/Paris"))

    read = opinions(judge, [framed_request(invitation(start, name)) for name in NAMES])

    assert [[address for address, _ in one["attendees"]] for one in read] == [
        ["mailto:zoe@example.org"]
    ] * len(NAMES)
    assert read[2]["attendees"][0][1] == "王小明"
    assert read[0]["attendees"][0][1] == "Zoé « Zou » d’Arc"
