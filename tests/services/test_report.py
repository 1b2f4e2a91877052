"""What is told of a campaign and of a person, on memory twins."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.enlisted import enlist
from tests.sample import cafe, guest
from tests.services.office import office, opened, store_of
from worker.domain.errors import Refused
from worker.domain.lifecycle import State
from worker.domain.person import Consent, Guest, Presence
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.changes import changes
from worker.services.deliver import deliver_batch
from worker.services.report import find_guest, standing, story
from worker.services.tools import Tools

ANNE = guest("Anne", presence=Presence.PRESENT, introduced=Consent.GIVEN)
BRUNO = guest("Bruno", presence=Presence.PRESENT, introduced=Consent.GIVEN)


def thanked() -> Tools:
    """Anne and Bruno have had their thank-you."""
    tools = office()
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")
    store_of(tools).set_clock(cafe(12).meeting.end + timedelta(hours=3))
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)
    return tools


def named(name: str) -> Guest:
    person = replace(
        guest("X").person,
        id=name.partition(" ")[0].lower() + "2",
        name=name,
        address=f"{name[0]}@example.org",
    )
    return Guest(person)


def test_the_counts_of_a_step_sum_to_its_people() -> None:
    steps = {progress.step: progress for progress in standing(thanked().store, "cafe-12").progress}

    assert steps["thank-you"].states == {State.SENT: 2}
    assert (steps["thank-you"].done, steps["thank-you"].wanted) == (2, 2)
    assert (steps["nudge"].done, steps["nudge"].wanted) == (0, 2)


def test_a_story_is_told_in_the_order_it_happened() -> None:
    told = story(thanked(), cafe(12), "anne")

    thanks = [entry.reason for entry in told.entries if entry.key.step == "thank-you"]

    assert thanks == [Reason.PLANNED, Reason.DUE, Reason.GATE, Reason.ACCEPTED]
    assert told.decisions == ()


def test_before_arming_a_story_is_the_plan() -> None:
    tools = office()
    opened(tools, ANNE, BRUNO)

    told = story(tools, cafe(12), "anne")

    assert [decision.key.step for decision in told.decisions] == ["thank-you", "invitation", "nudge"]
    assert told.entries == ()


@pytest.mark.parametrize(
    "asked", ["anne", "anne@example.org", "Anne Test", "ÀNNE  TEST".replace("  ", " "), "anne t"]
)
def test_a_guest_is_found_by_id_address_or_name(asked: str) -> None:
    tools = office()
    opened(tools, ANNE, BRUNO)

    assert find_guest(tools.store, "cafe-12", asked) == ANNE


def test_a_name_that_several_bear_is_asked_back() -> None:
    tools = office()
    opened(tools, named("Luc Martin"), named("Lucie Martin"))

    with pytest.raises(Refused, match="Luc Martin, Lucie Martin"):
        find_guest(tools.store, "cafe-12", "martin")


def test_the_exact_name_wins_over_a_part_of_another() -> None:
    tools = office()
    opened(tools, named("Luc Mar"), named("Lucie Mar-Tin"), named("Zoé Luc Mar"))

    assert find_guest(tools.store, "cafe-12", "luc mar").person.name == "Luc Mar"


def test_nothing_changes_while_nothing_changed() -> None:
    tools = thanked()

    assert changes(campaign.preview_plan(tools, cafe(12)), tools.store.records("cafe-12")).none


def test_what_a_new_plan_would_change_is_told_apart_from_what_has_left() -> None:
    tools = thanked()
    clara = guest("Clara", presence=Presence.ABSENT)
    enlist(tools, "cafe-12", [replace(ANNE, introduced=Consent.REFUSED), clara])

    found = changes(campaign.preview_plan(tools, cafe(12)), tools.store.records("cafe-12"))

    assert [str(wanted.key) for wanted in found.added] == ["cafe-12.invitation.clara"]
    assert [str(dropped.key) for dropped in found.dropped] == ["cafe-12.nudge.anne"]
    assert found.moved == ()


def test_a_moved_edition_moves_what_waits() -> None:
    tools = thanked()
    edition = cafe(12)
    later = replace(edition.meeting, end=edition.meeting.end + timedelta(days=1))

    found = changes(
        campaign.preview_plan(tools, replace(edition, meeting=later)), tools.store.records("cafe-12")
    )

    assert {wanted.key.step for wanted in found.moved} == {"invitation", "nudge"}
