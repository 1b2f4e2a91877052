"""What organizers do with a campaign, on memory twins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.enlisted import enlist
from tests.sample import PARIS, cafe, guest
from tests.services.office import office, opened, states, store_of
from worker.domain.edition import Notes
from worker.domain.errors import Refused
from worker.domain.person import Consent, Presence
from worker.domain.plan import Wanted
from worker.domain.reason import Reason
from worker.domain.season import Season
from worker.services import campaign
from worker.services.tools import Limits, Tools

ANNE = guest("Anne", presence=Presence.PRESENT, introduced=Consent.GIVEN)
BRUNO = guest("Bruno", presence=Presence.PRESENT, introduced=Consent.GIVEN)
UNKNOWN = guest("Clara")


def wanted(tools: Tools, step: str, person: str) -> Wanted:
    plan = campaign.preview_plan(tools, cafe(12))
    [found] = [w for w in plan.wanted if (w.key.step, w.key.person) == (step, person)]
    return found


def wall(moment: Wanted) -> str:
    return moment.due.astimezone(cafe(12).meeting.zone).strftime("%d %H:%M")


def test_the_plan_says_when_on_the_wall_of_the_venue() -> None:
    tools = office()
    opened(tools, ANNE, BRUNO)

    assert wall(wanted(tools, "thank-you", "anne")) == "08 13:00"
    assert wall(wanted(tools, "invitation", "anne")) == "09 09:00"
    assert wall(wanted(tools, "nudge", "anne")) == "11 09:00"


def test_unknown_presence_waits_for_its_deadline() -> None:
    tools = office()
    opened(tools, UNKNOWN)

    waiting = wanted(tools, "thank-you", "clara")

    assert (wall(waiting), waiting.waiting_for) == ("10 18:00", Reason.PRESENCE_UNKNOWN)


def test_missing_notes_wait_for_theirs() -> None:
    tools = office()
    opened(tools, ANNE, edition=cafe(12, notes=Notes(ready=False)))

    plan = campaign.preview_plan(tools, cafe(12, notes=Notes(ready=False)))

    [thanks] = [w for w in plan.wanted if w.key.step == "thank-you"]
    assert (wall(thanks), thanks.waiting_for) == ("09 18:00", Reason.NOTES_READY)


def test_without_a_next_edition_nobody_is_invited() -> None:
    tools = office()
    edition = replace(cafe(12), next=None)
    opened(tools, ANNE, edition=edition)

    plan = campaign.preview_plan(tools, edition)

    assert [u.reason for u in plan.unwanted if u.key.step == "invitation"] == [Reason.NO_NEXT_EDITION]


def test_organizers_are_asked_for_presence_only_while_it_is_unknown() -> None:
    tools = office()
    opened(tools, UNKNOWN)
    campaign.arm(tools, "cafe-12")
    assert states(tools)["ask-presence.paule"] == "scheduled planned"

    tools.store.save_guests("cafe-12", [replace(UNKNOWN, presence=Presence.ABSENT)])
    campaign.reschedule(tools, "cafe-12")

    assert states(tools)["ask-presence.paule"] == "skipped presence_marked"
    assert states(tools)["thank-you.clara"] == "skipped absent"


def test_arming_holds_everything_for_a_minute_that_can_be_undone() -> None:
    tools = office(limits=Limits(undo=timedelta(minutes=1)))
    opened(tools, ANNE, BRUNO)
    armed = campaign.arm(tools, "cafe-12")
    assert armed.hold_until == tools.store.now() + timedelta(minutes=1)

    campaign.undo(tools, "cafe-12")

    assert set(states(tools).values()) <= {"skipped undone", "skipped presence_marked"}
    campaign.arm(tools, "cafe-12")
    assert states(tools)["thank-you.anne"] == "scheduled planned"


def test_after_the_minute_it_is_too_late_to_undo() -> None:
    tools = office()
    opened(tools, ANNE)
    campaign.arm(tools, "cafe-12")

    with pytest.raises(Refused, match="apres pause or apres cancel"):
        campaign.undo(tools, "cafe-12")


def test_an_unarmed_edition_cannot_be_triggered() -> None:
    tools = office()
    opened(tools, ANNE)

    with pytest.raises(Refused, match="not armed"):
        campaign.trigger(tools, "cafe-12")


def test_a_trigger_counts_every_delay_from_now() -> None:
    tools = office()
    edition = opened(tools, ANNE, BRUNO)
    store_of(tools).set_clock(edition.meeting.start)
    campaign.arm(tools, "cafe-12")

    campaign.trigger(tools, "cafe-12")

    [thanks] = [
        r for r in tools.store.records("cafe-12") if (r.key.step, r.key.person) == ("thank-you", "anne")
    ]
    assert thanks.due == edition.meeting.start + timedelta(hours=3)


def test_cancelling_stops_everything_for_good() -> None:
    tools = office()
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")

    assert campaign.cancel(tools, "cafe-12") == 6

    assert "scheduled planned" not in states(tools).values()
    with pytest.raises(Refused):
        campaign.resume(tools, "cafe-12")


def test_who_refuses_gets_no_nudge_and_the_other_still_does() -> None:
    tools = office()
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")
    assert states(tools)["nudge.bruno"] == "scheduled planned"

    enlist(tools, "cafe-12", [replace(ANNE, introduced=Consent.REFUSED)])
    campaign.reschedule(tools, "cafe-12")

    assert states(tools)["nudge.anne"] == "skipped no_consent"
    assert states(tools)["nudge.bruno"].startswith("scheduled")


def test_what_falls_due_while_the_house_rests_leaves_afterwards_and_is_kept_as_long() -> None:
    tools = office()
    resting = replace(tools.sequence("cafe"), closed=(Season((12, 7), (12, 20)),))
    tools = replace(tools, sequence=lambda _name: resting)
    edition = opened(tools, ANNE)

    plan = campaign.preview_plan(tools, edition)

    [thanks] = [wanted for wanted in plan.wanted if wanted.key.step == "thank-you"]
    assert thanks.due == datetime(2026, 12, 21, 8, tzinfo=PARIS)
    assert thanks.until == thanks.due + timedelta(hours=72)
    assert edition.meeting.end < thanks.due
