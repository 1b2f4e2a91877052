"""`apres person` and `apres consent`, as an organizer types them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Apres
from worker.adapters.memory import MemoryStore
from worker.domain.consent import Means
from worker.domain.person import Consent
from worker.domain.sequence import Purpose
from worker.services.consents import Said, Wording, record
from worker.services.tools import Tools


def test_everything_about_somebody_is_shown(apres: Apres) -> None:
    apres("arm cafe-12 --yes")

    said = apres("person show anne@example.org")

    assert said.code == 0
    for words in (
        "Anne Test <anne@example.org>",
        "cafe-12",
        "Thank-you: waiting",
        "invitations: agreed",
        "holds",
    ):
        assert words in said.out.replace(" :", ":")


def test_an_export_is_json_and_for_its_owner_alone(apres: Apres, tmp_path: Path) -> None:
    file = tmp_path / "anne.json"

    assert apres(f"person export 'anne test' --to {file}").code == 0
    kept = json.loads(file.read_text("utf-8"))

    assert file.stat().st_mode & 0o077 == 0
    assert kept["person"]["address"] == "anne@example.org"
    assert {said["purpose"] for said in kept["consents"]} == {"thanks", "invitations", "introductions"}
    assert all(said["text_read"] for said in kept["consents"])
    assert "print-anne" not in file.read_text("utf-8")


def test_erasing_asks_first_and_without_an_answer_changes_nothing(
    apres: Apres, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    said = apres("person erase anne@example.org")

    assert said.code == 2
    assert "nothing is changed" in said.err
    assert "anne" in tools.store.guests("cafe-12")


def test_erased_is_erased(apres: Apres, tools: Tools) -> None:
    apres("arm cafe-12 --yes")

    said = apres("person erase anne@example.org --yes")

    assert said.code == 0
    assert "will not leave: 3" in said.out
    assert "anne" not in tools.store.guests("cafe-12")
    assert apres("person show 'Anne Test'").code == 2
    shown = apres("person show anne@example.org")
    assert "Is on no list any more" in shown.out
    assert "(erased)" in shown.out
    assert apres("consent verify").code == 0


def test_nobody_is_nobody(apres: Apres) -> None:
    said = apres("person show nobody@example.org")

    assert said.code == 2
    assert "we hold nothing about this address" in said.err
    assert apres("person erase nobody@example.org --yes").code == 2


def test_the_words_of_an_organizer_are_noted_and_plans_follow(apres: Apres, tools: Tools) -> None:
    apres("arm cafe-12 --yes")

    said = apres('consent record anne@example.org invitations non --because "au téléphone"')

    assert said.code == 0
    assert "au téléphone" in apres("consent show anne@example.org").out
    reasons = {str(r.key): r.reason for r in tools.store.records("cafe-12")}
    assert reasons["cafe-12.invitation.anne"] == "opted_out"


def test_an_organizer_does_not_take_back_a_persons_own_refusal(apres: Apres, tools: Tools) -> None:
    button = Wording("button", "Ne plus recevoir")
    record(tools, [Said("anne", Purpose.THANKS, Consent.REFUSED, button, Means.PAGE)])

    said = apres('consent record anne@example.org thanks oui --because "elle veut bien"')

    assert said.code == 2
    assert "only they take it back" in said.err


def test_words_that_are_none_are_refused_with_those_that_are(apres: Apres) -> None:
    assert "write oui or non" in apres("consent record anne@example.org thanks maybe --because x").err
    assert "thanks, invitations" in apres("consent record anne@example.org news oui --because x").err


def test_an_altered_log_is_told_with_its_entry(apres: Apres, tools: Tools) -> None:
    store = tools.store
    assert isinstance(store, MemoryStore)
    store.memory.consent_chain[1] = store.memory.consent_chain[0]

    said = apres("consent verify")

    assert said.code == 1
    assert "altered at entries 2" in said.out
    assert json.loads(apres("consent verify --json").out)["holds"] is False
