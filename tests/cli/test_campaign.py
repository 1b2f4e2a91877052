"""Arming and steering from the command line."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cli.conftest import Apres
from tests.enlisted import enlist
from tests.sample import cafe, guest
from tests.services.office import office, opened, states, store_of
from worker.domain.person import Presence
from worker.services.tools import Limits, Tools


def test_arming_repeats_the_counts_and_asks(
    apres: Apres, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))

    said = apres("arm cafe-12")

    assert "In all: 9 mails for 4 guests" in said.out
    assert "Nothing is armed." in said.out
    assert states(tools) == {}


def test_a_clear_yes_arms(apres: Apres, tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("oui\n"))

    said = apres("arm cafe-12")

    assert "Armed. First to leave:" in said.out
    assert states(tools)["thank-you.anne"] == "scheduled planned"


def test_without_anybody_to_answer_nothing_is_armed(
    apres: Apres, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    apres("arm cafe-12")

    assert states(tools) == {}


def test_an_empty_list_is_not_armed(apres: Apres, tools: Tools) -> None:
    tools.store.save_edition(cafe(14))

    said = apres("arm cafe-14 --yes")

    assert said.code == 2
    assert "import the guests first" in said.err


def test_after_the_minute_undo_is_refused(apres: Apres) -> None:
    apres("arm cafe-12 --yes")

    said = apres("undo cafe-12")

    assert said.code == 2
    assert "apres pause" in said.err


class TestWithinTheMinute:
    @pytest.fixture
    def tools(self) -> Tools:
        tools = office(limits=Limits(undo=timedelta(minutes=1)))
        opened(tools, guest("Anne", presence=Presence.PRESENT))
        return tools

    def test_undo_takes_everything_back(self, apres: Apres, tools: Tools) -> None:
        assert "For 60 seconds all can be taken back: apres undo cafe-12" in apres("arm cafe-12 --yes").out

        said = apres("undo cafe-12")

        assert said.code == 0
        assert "scheduled planned" not in states(tools).values()


def test_a_draft_cannot_be_triggered(apres: Apres) -> None:
    said = apres("trigger cafe-12")

    assert said.code == 2
    assert "not armed" in said.err


def test_a_trigger_says_what_leaves_next(apres: Apres, tools: Tools) -> None:
    store_of(tools).set_clock(cafe(12).meeting.start)
    apres("arm cafe-12 --yes")

    said = apres("trigger cafe-12")

    assert "Next to leave: Tuesday 8 December at 9:30 am" in said.out


def test_pausing_and_resuming_lose_nothing(apres: Apres, tools: Tools) -> None:
    apres("arm cafe-12 --yes")

    paused, resumed = apres("pause cafe-12 --because 'date to be confirmed'"), apres("resume cafe-12")

    assert "Paused: nothing more leaves" in paused.out
    assert "It goes on: 11 mails to send" in resumed.out
    assert states(tools)["thank-you.anne"] == "scheduled planned"


def test_cancelling_asks_and_then_stops_everything(
    apres: Apres, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    apres("arm cafe-12 --yes")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert "Nothing is cancelled" in apres("cancel cafe-12").out

    said = apres("cancel cafe-12 --yes")

    assert "11 mails will not leave" in said.out
    assert states(tools)["thank-you.anne"] == "skipped cancelled"


def test_rescheduling_shows_what_changed(apres: Apres, tools: Tools) -> None:
    apres("arm cafe-12 --yes")
    enlist(tools, "cafe-12", [guest("Denis", presence=Presence.ABSENT)])

    said = apres("reschedule cafe-12 --yes")

    assert "The armed campaign was adjusted" in said.out
    assert states(tools)["thank-you.denis"] == "skipped absent"


def test_rescheduling_shows_only_the_difference_and_waits_for_a_yes(
    apres: Apres, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    apres("arm cafe-12 --yes")
    enlist(tools, "cafe-12", [guest("Denis", presence=Presence.ABSENT), guest("Emma")])
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    refused = apres("reschedule cafe-12")
    before = states(tools)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    agreed = apres("reschedule cafe-12")

    told = " ".join(refused.out.split())
    assert "1 mail dropped, Thank-you (did not come): Denis Test" in told
    assert "1 mail added, Invitation (Wednesday 9 December at 9 am): Emma Test" in told
    assert "Anne" not in told
    assert "Nothing is changed." in told
    assert "invitation.emma" not in before
    assert before["thank-you.denis"] == "scheduled planned"
    assert "The armed campaign was adjusted." in agreed.out
    assert states(tools)["invitation.emma"] == "scheduled replanned"


def test_a_mail_at_another_moment_is_told_with_its_new_one(apres: Apres, tools: Tools) -> None:
    apres("arm cafe-12 --yes")
    known = tools.store.edition("cafe-12")
    assert known
    later = replace(known.meeting, end=known.meeting.end + timedelta(hours=1))
    tools.store.save_edition(replace(known, meeting=later))

    said = " ".join(apres("reschedule cafe-12 --yes").out.split())

    assert "2 mails at another moment, Thank-you (Tuesday 8 December at 2 pm): Anne Test, Bruno Test" in said
    assert "Invitation" not in said


def test_nothing_to_adjust_says_so(apres: Apres) -> None:
    apres("arm cafe-12 --yes")

    assert "Nothing changes in the armed campaign." in apres("reschedule cafe-12").out


def test_a_draft_has_nothing_to_reschedule(apres: Apres) -> None:
    assert apres("reschedule cafe-12").code == 2
