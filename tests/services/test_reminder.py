"""The reminder that stands in our own schedule, switched on: the day before, to whoever has not said no."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.sample import guest
from tests.services.incoming import answer, office_with_mailbox
from tests.services.office import SCHEDULES, opened, sent, states, store_of
from worker.adapters.schedule_files import read_sequence
from worker.domain.answer import Stance
from worker.domain.change import Details
from worker.domain.facts import Facts
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.edition_changes import change
from worker.services.invitations import invitation
from worker.services.receive import receive
from worker.services.tools import Tools

PEOPLE = [guest(name) for name in ("Anne", "Bruno", "Carole")]


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    """Invited to cafe-13; Anne said yes, Bruno no, Carole nothing."""
    text = (SCHEDULES / "cafe.toml").read_text(encoding="utf-8")
    (tmp_path / "cafe.toml").write_text(
        re.sub(r"^#(?=[\[a-z])", "", text, flags=re.MULTILINE), encoding="utf-8"
    )
    tools = office_with_mailbox(answer("anne"), answer("bruno", "DECLINED"))
    tools = replace(tools, sequence=lambda name: read_sequence(tmp_path / f"{name}.toml"))
    opened(tools, *PEOPLE)
    campaign.arm(tools, "cafe-12")
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    while deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True):
        pass
    return tools


def reminded(tools: Tools) -> set[str]:
    """Who gets one when its moment has come."""
    meeting = invitation(tools.store, "cafe-13").meeting
    store_of(tools).set_clock(meeting.start - timedelta(days=1) + timedelta(minutes=1))
    for lane in Lane:
        while deliver_batch(tools, lane, go_on=lambda: True):
            pass
    return {key.rpartition(".")[2] for key in sent(tools) if ".reminder." in key}


def test_whoever_said_no_gets_none(tools: Tools) -> None:
    receive(tools)

    assert states(tools)["reminder.bruno"] == "skipped declined"
    assert reminded(tools) == {"anne", "carole"}


def test_its_letter_knows_what_each_of_them_said(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, Stance] = {}

    def remember(facts: Facts) -> None:
        told[facts.guest.person.id] = facts.answered

    monkeypatch.setattr(tools.composer, "meanwhile", remember)
    receive(tools)

    reminded(tools)

    assert told == {"anne": Stance.YES, "carole": Stance.NONE}


def test_a_cafe_that_moves_takes_its_reminder_along(tools: Tools) -> None:
    receive(tools)
    invited = invitation(tools.store, "cafe-13")
    change(tools, invited, Details(start=invited.meeting.start + timedelta(days=7)))

    store_of(tools).set_clock(invited.meeting.start - timedelta(hours=20))
    for lane in Lane:
        deliver_batch(tools, lane, go_on=lambda: True)
    assert not any(".reminder." in key for key in sent(tools))

    assert reminded(tools) == {"anne", "carole"}
