"""The guest list from the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Apres
from tests.services.office import states
from worker.domain.person import Presence
from worker.services.tools import Tools


def presence(tools: Tools, person: str) -> Presence:
    return tools.store.guests("cafe-12")[person].presence


def test_the_list_shows_who_is_still_to_be_marked(apres: Apres) -> None:
    said = apres("guests list cafe-12")

    assert "denis@example.org" in said.out
    assert "not marked" in said.out


def test_the_list_is_there_for_machines(apres: Apres) -> None:
    told = json.loads(apres("guests list cafe-12 --json").out)

    assert {"name": "Denis Test", "presence": "unknown"}.items() <= told[3].items()


def test_presence_is_marked_from_pasted_text(apres: Apres, tools: Tools) -> None:
    said = apres("guests mark cafe-12 'absents : Denis'")

    assert said.code == 0
    assert presence(tools, "denis") is Presence.ABSENT


def test_presence_is_read_from_standard_input(
    apres: Apres, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("présents : Denis"))

    apres("guests mark cafe-12 -")

    assert presence(tools, "denis") is Presence.PRESENT


def test_an_unclear_note_marks_nothing_and_asks(apres: Apres, tools: Tools) -> None:
    said = apres("guests mark cafe-12 'absents : Denis, Zacharie'")

    assert said.code == 2
    assert "'Zacharie': is not on the list" in said.err
    assert presence(tools, "denis") is Presence.UNKNOWN


def test_somebody_still_unmarked_is_named(apres: Apres) -> None:
    said = apres("guests mark cafe-12 'absents : Clara'")

    assert said.code == 1
    assert "Still to be marked: Denis Test" in said.out


def test_marking_adjusts_an_armed_campaign_and_says_how(apres: Apres, tools: Tools) -> None:
    apres("arm cafe-12 --yes")

    said = apres("guests mark cafe-12 'absents : Denis' --yes")

    assert "The armed campaign was adjusted" in said.out
    assert states(tools)["thank-you.denis"] == "skipped absent"


class Keyboard(io.StringIO):
    """Somebody who sits at a terminal and types this."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "then"), [("n\n", "scheduled planned"), ("y\n", "skipped absent")])
def test_at_a_terminal_the_armed_campaign_waits_for_a_yes(
    apres: Apres, tools: Tools, monkeypatch: pytest.MonkeyPatch, typed: str, then: str
) -> None:
    apres("arm cafe-12 --yes")
    monkeypatch.setattr("sys.stdin", Keyboard(typed))

    said = apres("guests mark cafe-12 'absents : Denis'")

    assert "dropped, Thank-you (did not come): Denis Test" in " ".join(said.out.split())
    assert presence(tools, "denis") is Presence.ABSENT
    assert states(tools)["thank-you.denis"] == then
    assert ("apres reschedule cafe-12" in said.out) is (typed == "n\n")


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list as Excel-France writes it: Zoé twice, and one address that is none."""
    rows = (
        "Prénom;Nom;E-mail;Présence",
        "Zoé;Petit;zoe@example.org;oui",
        "Zoé;Petit;ZOE@example.org;oui",
        "Luc;Roy;at home;",
    )
    file = tmp_path / "invités.csv"
    file.write_bytes("\r\n".join(rows).encode("cp1252"))
    return file


def test_an_import_accounts_for_every_row(apres: Apres, tools: Tools, listed: Path) -> None:
    said = apres(f"guests import cafe-12 '{listed}'")

    assert said.code == 1
    assert "3 rows in" in said.out
    assert "row 3: same person as row 2" in said.out
    assert "row 4: address cannot be used" in said.out
    assert presence(tools, "zoe") is Presence.PRESENT


def test_a_dry_run_keeps_nothing(apres: Apres, tools: Tools, listed: Path) -> None:
    said = apres(f"guests import cafe-12 '{listed}' --dry-run")

    assert "nothing is kept" in said.out
    assert "zoe" not in tools.store.guests("cafe-12")


def test_a_latecomer_joins_an_armed_campaign(apres: Apres, tools: Tools, listed: Path) -> None:
    apres("arm cafe-12 --yes")

    said = apres(f"guests import cafe-12 '{listed}' --yes")

    assert "The armed campaign was adjusted" in said.out
    assert states(tools)["thank-you.zoe"] == "scheduled replanned"


def test_without_a_yes_the_list_is_kept_and_nothing_leaves_on_it(
    apres: Apres, tools: Tools, listed: Path
) -> None:
    apres("arm cafe-12 --yes")
    before = states(tools)

    said = apres(f"guests import cafe-12 '{listed}'")
    machine = apres(f"guests import cafe-12 '{listed}' --json")
    marked = apres("guests mark cafe-12 'absents : Denis'")

    assert (said.code, machine.code, marked.code) == (1, 1, 1)
    assert "Later: apres reschedule cafe-12" in said.out
    assert json.loads(machine.out)["approved"] is False
    assert "zoe" in tools.store.guests("cafe-12")
    assert states(tools) == before

    assert json.loads(apres(f"guests import cafe-12 '{listed}' --json --yes").out)["approved"] is True
    assert states(tools)["thank-you.zoe"] == "scheduled replanned"


def test_importing_again_changes_nothing(apres: Apres, listed: Path) -> None:
    apres(f"guests import cafe-12 '{listed}'")

    again = apres(f"guests import cafe-12 '{listed}'")

    assert "0 added, 0 updated, 1 unchanged" in again.out


def test_a_column_can_be_named_outright(apres: Apres, tools: Tools, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Contact,Nom\nzoe@example.org,Zoé Petit\n", encoding="utf-8")

    said = apres(f"guests import cafe-12 {file} --map Contact=address --json")

    assert json.loads(said.out)["added"] == 1
    assert apres(f"guests import cafe-12 {file} --map Contact").code == 2


def test_a_file_that_is_not_there_is_refused(apres: Apres) -> None:
    said = apres("guests import cafe-12 nowhere.csv")

    assert said.code == 2
    assert "nowhere.csv" in said.err
