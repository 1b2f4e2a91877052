"""What an organizer reads before anything is armed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Apres
from tests.services.office import states
from worker import bootstrap
from worker.domain.person import Presence
from worker.places import template_folder
from worker.services import campaign
from worker.services.tools import Tools


def test_the_plan_says_how_many_and_when_in_words(apres: Apres) -> None:
    said = apres("plan cafe-12")

    assert said.code == 0
    assert "Tuesday 8 December at 1 pm" in said.out
    assert "once presence is marked, by" in said.out
    assert "not armed yet" in said.out


def test_the_plan_names_who_gets_nothing_and_why(apres: Apres) -> None:
    said = apres("plan cafe-12")

    assert "did not come: Clara Test" in said.out


def test_planning_arms_nothing(apres: Apres, tools: Tools) -> None:
    apres("plan cafe-12")

    assert states(tools) == {}


def test_the_plan_is_french_unless_asked_otherwise(apres: Apres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APRES_LANGUAGE", "fr")

    said = apres("plan cafe-12")

    assert "mardi 8 décembre à 13 h" in said.out
    assert "Ne recevront pas :" in said.out


def test_an_armed_plan_tells_what_rescheduling_would_change(apres: Apres, tools: Tools) -> None:
    campaign.arm(tools, "cafe-12")
    assert "follows exactly this plan" in apres("plan cafe-12").out
    [anne] = [g for g in tools.store.guests("cafe-12").values() if g.person.first_name == "Anne"]
    tools.store.save_guests("cafe-12", [replace(anne, presence=Presence.ABSENT)])

    said = apres("plan cafe-12")

    assert "apres reschedule cafe-12" in said.out
    assert "dropped, Thank-you (did not come): Anne Test" in said.out


def test_machines_read_the_same_plan(apres: Apres) -> None:
    told = json.loads(apres("plan cafe-12 --json").out)

    assert told["counts"]["thank-you"] == 3
    assert {"key": "cafe-12.thank-you.clara", "reason": "absent"} in told["unwanted"]


def test_an_edition_nobody_knows_is_refused_with_the_remedy(apres: Apres) -> None:
    said = apres("plan cafe-99")

    assert said.code == 2
    assert "give the path of its .toml file" in said.err


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Templates of our own, to be changed."""
    shutil.copytree(template_folder(None), tmp_path / "templates")
    monkeypatch.setenv("APRES_HOME", str(tmp_path))
    bootstrap.forget()
    yield tmp_path / "templates"
    bootstrap.forget()


@pytest.fixture
def broken_nudge(letters: Path) -> None:
    """In one of them a value is misspelt."""
    (letters / "fr" / "nudge.md.j2").write_text("Bonjour {{ prenom }}\n", "utf-8")


@pytest.mark.parametrize("command", ["plan cafe-12", "arm cafe-12 --yes"])
def test_a_template_that_cannot_be_written_from_is_found_before_anything_is_armed(
    apres: Apres, tools: Tools, broken_nudge: None, command: str
) -> None:
    said = apres(command)

    assert said.code == 2
    assert "nudge.md.j2" in said.err
    assert states(tools) == {}


@pytest.mark.parametrize("missing", ["nudge", "cancel", "notice"])
def test_a_letter_that_nobody_wrote_is_found_before_anything_is_armed(
    apres: Apres, tools: Tools, letters: Path, missing: str
) -> None:
    for language in ("fr", "en"):
        (letters / language / f"{missing}.md.j2").unlink()

    said = apres("arm cafe-12 --yes")

    assert said.code == 2
    assert f"templates/fr/{missing}.md.j2: file: is missing" in said.err
    assert states(tools) == {}
