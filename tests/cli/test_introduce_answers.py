"""`apres introduce answer, met, rest, unclear`: what an organizer heard."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.cli.conftest import Apres
from tests.enlisted import enlist
from tests.services.dialogues import came, deliver_until
from tests.services.office import states
from worker.domain.dialogue import Said
from worker.services import campaign
from worker.services.tools import Tools


@pytest.fixture
def tools(tools: Tools) -> Tools:
    """Anne and Bruno have been asked about each other."""
    campaign.arm(tools, "cafe-12")
    deliver_until(tools, "nudge")
    return tools


def test_two_yeses_told_to_an_organizer_introduce_them(apres: Apres, tools: Tools) -> None:
    said = apres("introduce answer cafe-12 anne oui")
    assert (said.code, tools.store.voices("cafe-12")["anne"].said) == (0, {"bruno": Said.YES})
    assert "Bruno" not in said.out

    apres("introduce answer cafe-12 bruno yes --number 1")

    assert states(tools)["introduced-1.anne"].startswith("scheduled")


def test_what_is_no_answer_or_awaited_by_nobody_is_refused(apres: Apres) -> None:
    perhaps = apres("introduce answer cafe-12 anne perhaps")
    nobody = apres("introduce answer cafe-12 clara yes")

    assert perhaps.code == nobody.code == 2
    assert "yes or no" in perhaps.err
    assert "nothing waits" in nobody.err


def test_whether_they_met_and_whom(apres: Apres, tools: Tools) -> None:
    assert apres("introduce met cafe-12 anne yes").code == 2
    for person in ("anne", "bruno"):
        apres(f"introduce answer cafe-12 {person} yes")
    deliver_until(tools, "introduced")

    assert apres('introduce met cafe-12 anne "not yet"').code == 0
    assert apres("introduce met cafe-12 anne Bruno").code == 0

    assert "met-again.anne" in states(tools)
    assert tools.store.wishes(["cafe-12"]) == {("anne", "bruno")}


def test_a_name_of_two_people_is_listed_and_settled(apres: Apres, tools: Tools) -> None:
    twin = replace(came("Bruno").person, id="bruno2", name="Bruno Roy", address="bruno2@example.org")
    enlist(tools, "cafe-12", [replace(came("Bruno"), person=twin)])
    apres("introduce met cafe-12 anne Bruno")

    listed = apres("introduce unclear cafe-12")
    assert "Anne Test wrote “Bruno”: Bruno Test, Bruno Roy?" in " ".join(listed.out.split())
    assert "apres introduce unclear cafe-12" in apres("todo").out
    assert json.loads(apres("introduce unclear cafe-12 --json").out)[0]["written"] == "Bruno"

    assert apres('introduce unclear cafe-12 Bruno "Bruno Roy"').code == 0
    assert tools.store.wishes(["cafe-12"]) == {("anne", "bruno2")}
    assert apres("introduce unclear cafe-12 Bruno").code == 2


def test_a_rest_and_the_way_back(apres: Apres, tools: Tools) -> None:
    apres("introduce rest cafe-12 anne")
    assert tools.store.rests("cafe", ["anne"])["anne"].since is not None

    apres("introduce rest cafe-12 anne --back")
    assert tools.store.rests("cafe", ["anne"])["anne"].since is None
