"""`unless` of a step: who has answered is left alone, in the plan and at the last moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.sample import guest
from tests.services.office import SCHEDULES, office, opened, states, store_of
from worker.adapters.schedule_files import read_sequence
from worker.domain.answer import Answer, Partstat
from worker.domain.edition import Edition
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.tools import Tools

ANNE, BRUNO = guest("Anne"), guest("Bruno")

REMINDER = """
[[steps]]
name = "reminder"
when = "next start - 1 day"
to = "invited"
purpose = "invitations"
unless = ["{unless}"]
keep_for = "20 h"
"""


@pytest.fixture
def tools(tmp_path: Path, request: pytest.FixtureRequest) -> Tools:
    """Our own sequence with a reminder the day before, unless the answer that the test names."""
    file = tmp_path / "cafe.toml"
    file.write_text((SCHEDULES / "cafe.toml").read_text() + REMINDER.format(unless=request.param))
    return replace(office(), sequence=lambda _name: read_sequence(file))


def answered(tools: Tools, partstat: Partstat, sequence: int = 0) -> None:
    now = tools.store.now()
    tools.store.record_answer(Answer("cafe-13", "anne", partstat, sequence, now, now, f"mail-{partstat}"))


def reminders(tools: Tools) -> dict[str, str]:
    return {name: state for name, state in states(tools).items() if name.startswith("reminder")}


def moved(edition: Edition) -> Edition:
    assert edition.next is not None
    return replace(edition, next=replace(edition.next, revision=1))


@pytest.mark.parametrize("tools", ["declined"], indirect=True)
def test_who_declined_is_not_reminded(tools: Tools) -> None:
    opened(tools, ANNE, BRUNO)
    answered(tools, Partstat.DECLINED)

    campaign.arm(tools, "cafe-12")

    assert reminders(tools) == {"reminder.anne": "skipped declined", "reminder.bruno": "scheduled planned"}


@pytest.mark.parametrize("tools", ["declined"], indirect=True)
def test_who_said_yes_is_reminded_and_who_changes_their_mind_is_not(tools: Tools) -> None:
    opened(tools, ANNE)
    answered(tools, Partstat.ACCEPTED)
    campaign.arm(tools, "cafe-12")
    assert reminders(tools) == {"reminder.anne": "scheduled planned"}

    answered(tools, Partstat.DELEGATED)
    campaign.reschedule(tools, "cafe-12")

    assert reminders(tools) == {"reminder.anne": "skipped declined"}


@pytest.mark.parametrize("tools", ["declined"], indirect=True)
def test_an_answer_heard_after_planning_holds_the_reminder_at_its_claim(tools: Tools) -> None:
    edition = opened(tools, ANNE)
    campaign.arm(tools, "cafe-12")
    assert edition.next is not None
    store_of(tools).set_clock(edition.next.start - timedelta(days=1))

    answered(tools, Partstat.DECLINED)
    while deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True):
        pass

    assert reminders(tools) == {"reminder.anne": "skipped declined"}


@pytest.mark.parametrize("tools", ["replied"], indirect=True)
def test_any_answer_to_the_date_as_it_stands_is_a_reply(tools: Tools) -> None:
    opened(tools, ANNE, BRUNO)
    answered(tools, Partstat.TENTATIVE)

    campaign.arm(tools, "cafe-12")

    assert reminders(tools) == {"reminder.anne": "skipped replied", "reminder.bruno": "scheduled planned"}


@pytest.mark.parametrize("tools", ["replied"], indirect=True)
def test_a_yes_to_a_date_that_has_moved_is_no_reply_yet_but_a_no_is(tools: Tools) -> None:
    edition = opened(tools, ANNE)
    tools.store.save_edition(moved(edition))
    answered(tools, Partstat.ACCEPTED)
    campaign.arm(tools, "cafe-12")
    assert reminders(tools) == {"reminder.anne": "scheduled planned"}

    answered(tools, Partstat.DECLINED)
    campaign.reschedule(tools, "cafe-12")

    assert reminders(tools) == {"reminder.anne": "skipped replied"}


@pytest.mark.parametrize("tools", ["declined"], indirect=True)
def test_a_no_to_an_invitation_that_was_given_back_since_holds_no_reminder(tools: Tools) -> None:
    edition = opened(tools, ANNE)
    answered(tools, Partstat.DECLINED)
    tools.store.uninvite("cafe-12", "anne", tools.store.now())
    tools.store.invite_again("cafe-12", "anne", tools.store.now(), 1)
    campaign.arm(tools, "cafe-12")
    assert edition.next is not None
    store_of(tools).set_clock(edition.next.start - timedelta(days=1))

    while deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True):
        pass

    assert reminders(tools) == {"reminder.anne": "sent accepted"}
