"""Watching a campaign and asking why, from the command line."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.cli.conftest import Apres
from tests.sample import cafe
from tests.services.office import store_of
from worker.domain.campaign import Campaign, Status
from worker.domain.sequence import Lane
from worker.services.deliver import deliver_batch
from worker.services.tools import Tools


@pytest.fixture
def thanked(apres: Apres, tools: Tools) -> Apres:
    """Armed, and four hours later."""
    apres("arm cafe-12 --yes")
    store_of(tools).set_clock(cafe(12).meeting.end + timedelta(hours=4))
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)
    return apres


def test_the_status_counts_every_message_of_a_step(thanked: Apres) -> None:
    said = thanked("status cafe-12")

    assert "2/3" in said.out
    assert "1 waiting, 2 sent, 1 not sent" in " ".join(said.out.split())
    assert "Next to leave: Tuesday 8 December at 11 am" in said.out


def test_the_status_says_that_the_relay_refuses_us(thanked: Apres, tools: Tools) -> None:
    tools.store.pause_relay("535 5.7.8 no")

    said = thanked("status cafe-12")

    assert "535 5.7.8 no" in said.out
    assert "apres relay resume" in said.out


def test_the_status_is_there_for_machines(thanked: Apres) -> None:
    told = json.loads(thanked("status cafe-12 --json").out)

    assert told["status"] == "armed"
    assert told["steps"]["thank-you"] == {"scheduled": 1, "sent": 2, "skipped": 1}


def test_following_ends_with_the_last_mail(apres: Apres) -> None:
    apres("arm cafe-12 --yes")
    apres("cancel cafe-12 --yes")

    said = apres("status cafe-12 --follow")

    assert said.code == 0
    assert "Thank-you 0/0" in said.out


def test_a_draft_says_so(apres: Apres) -> None:
    assert "not armed yet" in apres("status cafe-12").out


def test_why_tells_every_decision_in_a_sentence(thanked: Apres) -> None:
    said = thanked("why cafe-12 anne@example.org")

    assert "08 Dec 10:00:00  Thank-you: planned for Tuesday 8 December at 1 pm." in said.out
    assert "Thank-you: sent, the relay accepted it" in said.out
    assert "Invitation: waiting, Wednesday 9 December at 9 am" in said.out


def test_why_before_arming_is_the_plan(apres: Apres) -> None:
    said = apres("why cafe-12 Clara")

    assert "Nothing is armed yet" in said.out
    assert "Thank-you: will not leave, did not come." in said.out


def test_why_is_there_for_machines(thanked: Apres) -> None:
    told = json.loads(thanked("why cafe-12 anne --json").out)

    assert [d["reason"] for d in told["decisions"] if d["key"] == "cafe-12.thank-you.anne"][-1] == "accepted"


def test_nobody_of_that_name_is_refused(apres: Apres) -> None:
    assert apres("why cafe-12 Zacharie").code == 2


def test_no_state_is_shown_without_words(thanked: Apres, tools: Tools) -> None:
    tools.store.steer(Campaign("cafe-12", Status.PAUSED, because="date to be confirmed"))

    said = thanked("status cafe-12")

    assert "paused, nothing leaves" in said.out
    assert "Why: date to be confirmed" in said.out
    assert "scheduled" not in said.out
