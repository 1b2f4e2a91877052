"""What a step's mail is: as the sequence of its edition says, or as our own says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.sample import cafe
from worker.adapters.schedule_files import read_sequence
from worker.domain.errors import ComposeFailed
from worker.domain.reminders import ORGANIZER_STEPS
from worker.domain.sequence import CalendarPart, Purpose
from worker.mail.kinds import Kind, as_in_schedules, as_ours

OURS = read_sequence(Path(__file__).parents[2] / "schedules" / "cafe.toml")
EDITION = cafe(12)


def test_the_names_we_know_agree_with_our_own_file() -> None:
    told = as_in_schedules(lambda _name: OURS)

    names = [step.name for step in OURS.steps]
    assert [told(EDITION, name) for name in names] == [as_ours(EDITION, name) for name in names]


def test_a_step_of_any_name_carries_the_calendar_its_file_asks_for() -> None:
    [_, invitation, _] = OURS.steps
    renamed = replace(OURS, steps=(replace(invitation, name="come-again"),))

    kind = as_in_schedules(lambda _name: renamed)(EDITION, "come-again")

    assert kind == Kind(Purpose.INVITATIONS, CalendarPart.REQUEST)
    assert kind.is_bulk


@pytest.mark.parametrize("step", sorted(ORGANIZER_STEPS))
def test_mails_to_organizers_need_no_step_in_a_file(step: str) -> None:
    told = as_in_schedules(lambda _name: OURS)

    assert told(EDITION, step) == as_ours(EDITION, step) == Kind(Purpose.ORGANIZERS)


def test_a_step_taken_out_of_its_file_fails_with_what_to_do() -> None:
    told = as_in_schedules(lambda _name: OURS)

    with pytest.raises(ComposeFailed, match="put it back"):
        told(EDITION, "gone")


def test_a_step_nobody_told_us_about_offers_a_way_out_and_no_calendar() -> None:
    assert as_ours(EDITION, "gone") == Kind(Purpose.INVITATIONS)
