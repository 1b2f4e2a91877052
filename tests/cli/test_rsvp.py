"""`apres rsvp` and `apres mails`, and what other commands tell of answers."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest

from tests.cli.conftest import Apres
from tests.services.office import store_of
from worker.domain.answer import Answer, Partstat
from worker.domain.inbound import Aside, Why
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.edition_changes import call_off
from worker.services.invitations import invitation
from worker.services.tools import Tools


@pytest.fixture
def tools(tools: Tools) -> Tools:
    """Everybody has the invitation; Anne said yes, Bruno no, and somebody wrote."""
    campaign.arm(tools, "cafe-12")
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    while deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True):
        pass
    now = tools.store.now()
    said = {"anne": Partstat.ACCEPTED, "bruno": Partstat.DECLINED}
    for person, partstat in said.items():
        comment = "train à 9 h" if person == "bruno" else ""
        tools.store.record_answer(Answer("cafe-13", person, partstat, 0, now, now, f"m-{person}", comment))
    tools.store.keep_aside(Aside("abc123", Why.WORDS, now, sender="zoe@example.org", subject="Une question"))
    return tools


def test_the_sheet_tells_who_comes_and_what_waits(apres: Apres, tools: Tools) -> None:
    said = apres("rsvp cafe-13")

    assert said.code == 0
    assert "1 yes, 1 no, 2 no answer" in said.out
    assert "train à 9 h" in said.out
    assert "abc123  zoe@example.org: somebody wrote « Une question »" in said.out


def test_the_sheet_is_there_for_machines(apres: Apres, tools: Tools) -> None:
    told = json.loads(apres("rsvp cafe-12 --json").out)

    assert told["counts"] == {"yes": 1, "maybe": 0, "no": 1, "older": 0, "none": 2}
    assert {row["person"]: row["answer"] for row in told["answers"]}["anne"] == "yes"
    assert [one["mail"] for one in told["kept_aside"]] == ["abc123"]


def test_what_an_organizer_heard_is_recorded(apres: Apres, tools: Tools) -> None:
    assert "2 yes, 1 no, 1 no answer" in apres('rsvp cafe-13 "Clara Test" oui').out

    assert apres('rsvp cafe-13 "Clara Test" jamais').code == 2
    assert json.loads(apres("rsvp cafe-13 --json").out)["answers"][2]["how"] == "organizer"


def test_the_sheet_is_there_for_a_spreadsheet_and_holds_no_formula(apres: Apres, tools: Tools) -> None:
    now = tools.store.now()
    evil = Answer("cafe-13", "clara", Partstat.TENTATIVE, 0, now, now, "m-clara", '=HYPERLINK("x"), "y"')
    tools.store.record_answer(evil)

    rows = list(csv.DictReader(StringIO(apres("rsvp cafe-13 --csv").out)))

    assert [row["answer"] for row in rows] == ["yes", "no", "maybe", "none"]
    assert rows[0]["address"] == "anne@example.org"
    assert (rows[1]["how"], rows[1]["comment"]) == ("calendar", "train à 9 h")
    assert rows[2]["comment"] == '\'=HYPERLINK("x"), "y"'
    assert apres("rsvp cafe-13 --csv --json").code == 2


def test_a_cafe_that_was_called_off_keeps_its_answers(apres: Apres, tools: Tools) -> None:
    call_off(tools, invitation(tools.store, "cafe-13"))

    told = apres("rsvp cafe-13").out

    assert "1 yes, 1 no, 2 no answer" in told
    assert "This Café was called off." in told


def test_mails_kept_aside_are_listed_until_somebody_has_looked(apres: Apres, tools: Tools) -> None:
    assert "abc123  zoe@example.org: somebody wrote « Une question »" in apres("mails").out
    assert [one["mail"] for one in json.loads(apres("mails --json").out)] == ["abc123"]

    assert apres("mails --looked-at abc123").code == 0
    assert "Nothing to be read." in apres("mails").out
    assert "see apres mails" in apres("mails --looked-at abc123").err


def test_status_and_why_tell_answers_too(apres: Apres, tools: Tools) -> None:
    assert "Answers for no. 13: 1 yes, 1 no, 2 no answer" in apres("status cafe-12").out
    assert json.loads(apres("status cafe-12 --json").out)["answers"]["yes"] == 1
    assert 'Answered for no. 13: no "train à 9 h".' in apres("why cafe-12 Bruno").out


def test_without_a_mailbox_there_is_nothing_to_receive(apres: Apres) -> None:
    said = apres("receive")

    assert (said.code, "APRES_MAILBOX_HOST" in said.err) == (2, True)
