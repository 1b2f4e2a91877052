"""`apres draft`: with an editor, without one, and for machines."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Apres
from tests.mail.answering import IDENTITY
from tests.mail.letters import ours
from tests.sample import guest
from tests.services.office import office, opened
from worker.cli import wiring
from worker.domain.person import Presence
from worker.mail.compose import LetterWriter
from worker.mail.drafting import TemplateScribe
from worker.mail.kinds import as_in_schedules
from worker.services.dossier import as_values, dossier
from worker.services.subject import subject
from worker.services.tools import Tools

TEXT = "subject: Merci, Anne\npreheader: Pour vous.\n\nBonjour Anne, ce mot est pour vous seule.\n"


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Tools:
    """Anne and Bruno were there; real letters. No editor is set."""
    plain = office()
    tools = replace(plain, composer=LetterWriter(IDENTITY, ours(), as_in_schedules(plain.sequence)))
    opened(tools, *[guest(name, presence=Presence.PRESENT) for name in ("Anne", "Bruno")])
    scribe = TemplateScribe(IDENTITY, ours(), as_in_schedules(tools.sequence))
    monkeypatch.setattr(wiring, "scribe", lambda: scribe)
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    return tools


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that takes the words of `new` for the old ones; it is called with an option, as some are."""
    script, new = tmp_path / "editor.py", tmp_path / "new"
    script.write_text(
        "import pathlib, sys\n"
        "mine = pathlib.Path(sys.argv[-1])\n"
        f"mine.write_text(mine.read_text().replace('Bonjour Anne,', pathlib.Path({str(new)!r}).read_text()))\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script} --wait")
    return new


def test_the_editor_gets_the_letter_and_the_preview_shows_what_was_made_of_it(
    apres: Apres, editor: Path, tmp_path: Path
) -> None:
    editor.write_text("Bonjour chère Anne,")

    said = apres("draft cafe-12 thank-you anne")
    shown = apres(f"preview cafe-12 --to {tmp_path / 'mails'}")

    mail = (tmp_path / "mails" / "cafe-12.thank-you.anne.eml").read_text()
    page = (tmp_path / "mails" / "index.html").read_text()
    assert said.code == 0
    assert "Kept: Anne Test gets this text (cafe-12.thank-you.anne)." in said.out
    assert "Rewritten for one person: cafe-12.thank-you.anne" in shown.out
    assert "ch=C3=A8re Anne," in mail
    assert page.count("Rewritten for this person (apres draft)") == 1
    assert not list((tmp_path / "drafts").iterdir())


def test_the_next_editor_gets_the_draft(apres: Apres, tools: Tools, editor: Path) -> None:
    for words in ("Bonjour chère Anne, Bonjour Anne,", "Salut Anne,"):
        editor.write_text(words)
        assert apres("draft cafe-12 thank-you anne").code == 0

    [draft] = tools.store.drafts("cafe-12").values()
    assert "Bonjour chère Anne, Salut Anne," in draft.text


def test_unchanged_it_is_not_kept(apres: Apres, tools: Tools, editor: Path) -> None:
    editor.write_text("Bonjour Anne,")

    said = apres("draft cafe-12 thank-you anne")

    assert (said.code, said.out) == (0, "Nothing was changed: nothing is kept.\n")
    assert not tools.store.drafts("cafe-12")


def test_what_is_refused_is_not_lost(apres: Apres, tools: Tools, editor: Path, tmp_path: Path) -> None:
    editor.write_text("Bonjour {{ nobody }},")

    said = apres("draft cafe-12 thank-you anne")

    file = tmp_path / "drafts" / "cafe-12.thank-you.anne.md"
    line = 1 + file.read_text().split("\n").index("Bonjour {{ nobody }},")
    assert said.code == 2
    assert f"{file}, line {line}: nobody" in said.err
    assert "apres draft cafe-12 thank-you anne --file" in said.out
    assert file.stat().st_mode & 0o777 == 0o600
    assert not tools.store.drafts("cafe-12")


def test_an_editor_that_fails_keeps_nothing(apres: Apres, monkeypatch: pytest.MonkeyPatch) -> None:
    for broken in ("false", "no-such-editor", "'"):
        monkeypatch.setenv("EDITOR", broken)
        said = apres("draft cafe-12 thank-you anne")
        assert said.code == 2
        assert "nothing is kept" in said.err


def test_without_an_editor_it_says_where_the_text_is(apres: Apres, tools: Tools, tmp_path: Path) -> None:
    said = apres("draft cafe-12 thank-you anne")
    file = tmp_path / "drafts" / "cafe-12.thank-you.anne.md"

    assert said.code == 0
    assert "Bonjour Anne," in file.read_text()
    assert "This text leaves to this person alone." in file.read_text()
    file.write_text(file.read_text().replace("Bonjour Anne", "Bonjour chère Anne"))
    assert apres(f"draft cafe-12 thank-you anne --file {file}").code == 0
    assert "chère Anne" in next(iter(tools.store.drafts("cafe-12").values())).text


def test_machines_read_and_write_it(apres: Apres, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = json.loads(apres("draft cafe-12 thank-you anne --json").out)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    kept = json.loads(apres("draft cafe-12 thank-you anne --file - --json").out)

    assert (begun["key"], begun["is_kept"]) == ("cafe-12.thank-you.anne", False)
    assert "Bonjour Anne," in begun["text"]
    assert (kept["is_kept"], kept["text"]) == (True, TEXT)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"\xff\xfe", "line 1: character: this is not UTF-8"),
        (b"Bonjour", "line 1: front: begin with one line 'subject: …'"),
        (TEXT.encode() + b"\n{{ ''.__class__ }}\n", "line 6: Jinja: __class__"),
    ],
)
def test_a_file_that_is_no_draft_is_refused_with_its_place(
    apres: Apres, tmp_path: Path, raw: bytes, sentence: str
) -> None:
    (tmp_path / "bad.md").write_bytes(raw)

    said = apres(f"draft cafe-12 thank-you anne --file {tmp_path / 'bad.md'}")

    assert said.code == 2
    assert sentence in said.err


def test_everybody_who_asks_hears_of_it_until_it_is_discarded(
    apres: Apres, tools: Tools, tmp_path: Path
) -> None:
    (tmp_path / "mine.md").write_text(TEXT)
    apres(f"draft cafe-12 thank-you anne --file {tmp_path / 'mine.md'}")

    assert "rewritten for this person alone (apres draft)" in apres("why cafe-12 anne").out
    assert json.loads(apres("status cafe-12 --json").out)["rewritten"] == ["cafe-12.thank-you.anne"]
    assert "Rewritten for one person: cafe-12.thank-you.anne" in apres("status cafe-12").out
    held = as_values(dossier(tools, subject(tools, "anne@example.org")))
    assert held["editions"][0]["rewritten"] == [{"key": "cafe-12.thank-you.anne", "text": TEXT}]

    assert apres("draft cafe-12 thank-you anne --discard").code == 0
    assert apres("draft cafe-12 thank-you anne --discard").code == 2
    assert "rewritten" not in apres("why cafe-12 anne").out


def test_in_french(apres: Apres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("APRES_LANGUAGE", "fr")
    (tmp_path / "bad.md").write_text(TEXT + "\n{{ nobody }}\n")

    assert "Le texte est ici :" in apres("draft cafe-12 thank-you anne").out
    refused = apres(f"draft cafe-12 thank-you anne --file {tmp_path / 'bad.md'}")
    assert "bad.md, ligne 6 : nobody : " in refused.err
    absent = apres("draft cafe-12 nudge anne")
    assert "aucun mail cafe-12.nudge.anne n’est prévu : voir apres why cafe-12 anne" in absent.err
