"""An edition file read again: kept while nothing is armed, only looked at while a campaign is at work."""

from __future__ import annotations

from pathlib import Path

from tests.enlisted import enlist
from tests.journeys.house import House, people
from worker import bootstrap
from worker.places import sample_folder
from worker.services import campaign


def changed(folder: Path, title: str) -> str:
    """The sample edition's file under another title."""
    text = (sample_folder() / "cafe-12.toml").read_text(encoding="utf-8")
    file = folder / "cafe-12.toml"
    file.write_text(
        text.replace("Marque personnelle : la même au virtuel et au réel ?", title), encoding="utf-8"
    )
    return str(file)


def kept_title(house: House) -> str:
    kept = house.store.edition("cafe-12")
    assert kept is not None
    return kept.meeting.title


def test_a_file_is_kept_until_its_campaign_is_armed(house: House, tmp_path: Path) -> None:
    bootstrap.edition(changed(tmp_path, "First"))
    bootstrap.edition(changed(tmp_path, "Second"))
    assert kept_title(house) == "Second"
    enlist(house.tools, "cafe-12", people(house.tools, ["Anne"]))
    campaign.arm(house.tools, "cafe-12")

    read = bootstrap.edition(changed(tmp_path, "Third"))

    assert read.meeting.title == "Third"
    assert kept_title(house) == "Second"
