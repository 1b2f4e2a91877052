"""`apres edition clone`: the next edition as a file, and nothing else."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Apres
from tests.sample import HOST, PARIS, SERIES, VENUE, cafe
from tests.services.office import states
from worker.adapters.edition_files import read_edition
from worker.adapters.edition_writing import edition_text, write_edition
from worker.cli import wiring
from worker.domain.campaign import Status
from worker.domain.edition import Edition, Meeting, Notes, Organizer, Series, Venue
from worker.services.tools import Tools

LINES = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")), min_size=1, max_size=40
).map(str.strip).filter(bool)  # fmt: skip


@pytest.fixture
def here(apres: Apres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(wiring, "write_edition", write_edition)
    return tmp_path


def test_the_cafe_one_invites_to_becomes_an_edition_that_nobody_armed(
    apres: Apres, tools: Tools, here: Path
) -> None:
    apres("arm cafe-12 --yes")
    before = states(tools)

    said = apres("edition clone cafe-12")

    made, was = read_edition(here / "cafe-13.toml"), cafe(12)
    assert said.code == 0
    assert "Nothing is armed." in said.out
    assert was.next
    assert made == replace(was, meeting=was.next, notes=Notes(), next=None)
    assert tools.store.campaign("cafe-13").status is Status.DRAFT
    assert (tools.store.edition("cafe-13"), states(tools, "cafe-13")) == (None, {})
    assert states(tools) == before


def test_a_file_that_is_there_is_left_alone(apres: Apres, here: Path) -> None:
    (here / "cafe-13.toml").write_text("mine")

    said = apres("edition clone cafe-12")

    assert said.code == 2
    assert "is there already" in said.err
    assert (here / "cafe-13.toml").read_text() == "mine"


def test_without_a_next_one_somebody_says_when(apres: Apres, tools: Tools, here: Path) -> None:
    tools.store.save_edition(replace(cafe(12), next=None))

    refused = apres("edition clone cafe-12")
    said = apres('edition clone cafe-12 --start "2027-02-09 08:30" --to février.toml')

    made = read_edition(here / "février.toml")
    assert refused.code == 2
    assert "--start" in refused.err
    assert said.code == 0
    assert (made.id, made.meeting.start) == ("cafe-13", datetime(2027, 2, 9, 8, 30, tzinfo=PARIS))
    assert made.meeting.end - made.meeting.start == timedelta(minutes=90)


def test_an_edition_that_is_armed_already_is_not_cloned_over(apres: Apres, tools: Tools, here: Path) -> None:
    tools.store.save_edition(cafe(13))
    tools.store.steer(replace(tools.store.campaign("cafe-13"), status=Status.ARMED))

    said = apres("edition clone cafe-12")

    assert said.code == 2
    assert "cafe-13 is armed already" in said.err
    assert not (here / "cafe-13.toml").exists()


@given(LINES, LINES, LINES, st.sampled_from(["fr", "en"]))
def test_whatever_it_is_called_the_file_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, title: str, place: str, name: str, language: str
) -> None:
    start = datetime(2027, 1, 12, 8, 30, tzinfo=PARIS)
    meeting = Meeting("cafe-13", 13, title, start, start + timedelta(hours=2), Venue(place, VENUE.address))
    organizers = (Organizer(name, HOST.address, language),)
    series = Series(SERIES.id, name, place, "https://cafe.example.org")
    edition = Edition(series, meeting, organizers, language=language)
    file = tmp_path_factory.mktemp("clone") / "cafe-13.toml"
    file.write_text(edition_text(edition), encoding="utf-8")

    assert _normal(read_edition(file)) == _normal(edition)


def _normal(edition: Edition) -> str:
    """Reading composes accents."""
    return unicodedata.normalize("NFC", repr(edition))
