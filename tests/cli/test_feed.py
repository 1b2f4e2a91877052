"""`apres feed`: files that a web server can serve at any moment."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.conftest import Apres
from tests.sample import cafe
from tests.services.office import store_of
from worker import bootstrap
from worker.adapters.feed_files import write_whole
from worker.bootstrap.feeds import write_feeds
from worker.config import Settings
from worker.domain.change import Details
from worker.domain.errors import Refused
from worker.services import campaign
from worker.services.edition_changes import call_off, change
from worker.services.feed import published
from worker.services.invitations import invitation
from worker.services.tools import Tools


@pytest.fixture(autouse=True)
def _same_tools(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "tools", lambda: tools)


def test_the_files_follow_what_happens_to_the_series(apres: Apres, tools: Tools, tmp_path: Path) -> None:
    assert "written" in apres(f"feed cafe --to {tmp_path / 'www'}").out
    french = tmp_path / "www" / "cafe.fr.ics"
    first = french.read_bytes()
    assert sorted(file.name for file in french.parent.iterdir()) == ["cafe.en.ics", "cafe.fr.ics"]
    assert stat.S_IMODE(french.stat().st_mode) == 0o644

    store_of(tools).set_clock(tools.store.now() + timedelta(minutes=5))
    assert "unchanged" in apres(f"feed cafe-12 --to {tmp_path / 'www'}").out
    assert french.read_bytes() == first

    campaign.arm(tools, "cafe-12")
    invited = invitation(tools.store, "cafe-13")
    change(tools, invited, Details(start=invited.meeting.start + timedelta(minutes=30)))
    call_off(tools, invitation(tools.store, "cafe-13"))
    apres(f"feed cafe --to {tmp_path / 'www'}")
    last = Calendar.from_ical(french.read_bytes()).walk("VEVENT")[-1]
    assert (int(str(last["SEQUENCE"])), str(last["STATUS"])) == (2, "CANCELLED")


def test_a_year_later_old_meetings_are_told_no_more(tools: Tools) -> None:
    assert [meeting.number for meeting in published(tools, "cafe")[1]][-2:] == [12, 13]

    store_of(tools).set_clock(tools.store.now() + timedelta(days=375))

    assert [meeting.number for meeting in published(tools, "cafe")[1]] == [13]


def test_what_is_not_known_or_cannot_be_written_is_refused(apres: Apres, tmp_path: Path) -> None:
    assert apres("feed jazz").code == 2
    (tmp_path / "file").write_text("")
    refused = apres(f"feed cafe --to {tmp_path / 'file' / 'www'}")
    assert (refused.code, "cannot be written" in refused.err) == (2, True)


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cafe.fr.ics"
    write_whole(path, b"old", lambda _one, _other: False)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="No space left"):
        write_whole(path, b"new", lambda _one, _other: False)

    assert [file.name for file in tmp_path.iterdir()] == ["cafe.fr.ics"]
    assert path.read_bytes() == b"old"


def test_the_chore_writes_the_calendars_of_all_series_where_a_folder_is_named(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jazz = replace(
        cafe(12), meeting=replace(cafe(12).meeting, id="jazz-1"), series=replace(cafe(12).series, id="jazz")
    )
    tools.store.save_edition(jazz)
    monkeypatch.setattr(bootstrap, "store", lambda: tools.store)
    for folder in (None, tmp_path / "www"):
        monkeypatch.setattr(bootstrap, "settings", lambda folder=folder: Settings(feed_folder=folder))
        write_feeds()

    names = sorted(file.name for file in (tmp_path / "www").iterdir())
    assert names == ["cafe.en.ics", "cafe.fr.ics", "jazz.en.ics", "jazz.fr.ics"]
    assert not list(Path().glob("cafe.*.ics"))
