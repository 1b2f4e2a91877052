"""Steps and sequences: found by name, and wanted only until the earlier of two ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from worker.domain.moment import Anchors, WorkingCalendar
from worker.domain.rule import parse_rule
from worker.domain.sequence import Audience, Doubt, Lane, Purpose, Sequence, Step, expires_at
from worker.domain.window import Hours

PARIS = ZoneInfo("Europe/Paris")
DUE = datetime(2026, 12, 9, 8, tzinfo=UTC)
NEXT = datetime(2027, 1, 5, 8, 30, tzinfo=PARIS)
ANCHORS = Anchors(
    datetime(2026, 12, 8, 8, 30, tzinfo=PARIS), datetime(2026, 12, 8, 10, tzinfo=PARIS), PARIS, NEXT
)

INVITATION = Step(
    name="invitation",
    at=parse_rule("next working morning"),
    audience=Audience.INVITED,
    purpose=Purpose.INVITATIONS,
    keep_for=timedelta(days=60),
    until=parse_rule("next start"),
)


def test_a_step_is_found_by_its_name() -> None:
    cafe = Sequence("cafe", Hours(time(8), time(19, 30)), "FR", (INVITATION,))

    assert cafe.step("invitation") is INVITATION
    assert cafe.step("reminder") is None


def test_a_step_says_nothing_twice_unless_it_is_told_to() -> None:
    assert (INVITATION.in_doubt, INVITATION.lane) == (Doubt.HOLD, Lane.CAMPAIGN)
    assert (INVITATION.gates, INVITATION.unless) == ((), ())


def test_a_step_expires_at_the_earlier_of_keep_for_and_until() -> None:
    brief = replace(INVITATION, keep_for=timedelta(hours=72))

    assert expires_at(INVITATION, DUE, ANCHORS, WorkingCalendar()) == NEXT
    assert expires_at(brief, DUE, ANCHORS, WorkingCalendar()) == DUE + timedelta(hours=72)


def test_without_a_next_edition_only_keep_for_ends_a_step() -> None:
    alone = replace(ANCHORS, next_start=None)

    assert expires_at(INVITATION, DUE, alone, WorkingCalendar()) == DUE + timedelta(days=60)


def test_expiry_comes_out_in_utc_whatever_zone_goes_in() -> None:
    expiry = expires_at(
        INVITATION, DUE.astimezone(PARIS), replace(ANCHORS, next_start=None), WorkingCalendar()
    )

    assert expiry.tzinfo is UTC
