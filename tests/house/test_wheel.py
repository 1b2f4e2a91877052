"""An installed wheel brings templates, schedules and the sample along; APRES_HOME goes before them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import CHECKOUT
from worker.places import sample_folder, schedule_folder, template_folder

#: Asks an installed Après, away from any checkout, where it finds things. Its arguments: a function, a home or "".
ASK = """
import sys
from pathlib import Path
from worker import places
home = [Path(word) if word else None for word in sys.argv[2:]]
print(getattr(places, sys.argv[1])(*home))
"""

WHERE = {"templates": "template_folder", "schedules": "schedule_folder"}


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site folder with the wheel unpacked into it, which is all that installing a pure wheel is."""
    built = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    site = built / "site"
    [wheel] = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def _ask(installed: Path, *words: str) -> Path:
    answer = subprocess.run(
        [sys.executable, "-c", ASK, *words],
        cwd=installed.parent,
        env={"PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )
    return Path(answer.stdout.strip())


@pytest.mark.parametrize("folder", WHERE)
def test_a_wheel_brings_the_folders_whole(installed: Path, folder: str) -> None:
    found = _ask(installed, WHERE[folder], "")

    assert found.is_relative_to(installed)
    assert _files(found) == _files(CHECKOUT / folder) != []


def test_a_wheel_brings_the_sample_edition(installed: Path) -> None:
    found = _ask(installed, "sample_folder")

    assert found.is_relative_to(installed)
    assert _files(found) == _files(CHECKOUT / "sample") != []


@pytest.mark.parametrize("folder", WHERE)
def test_the_home_of_the_organizer_goes_before_the_wheel(
    installed: Path, tmp_path: Path, folder: str
) -> None:
    (tmp_path / folder).mkdir()

    assert _ask(installed, WHERE[folder], str(tmp_path)) == tmp_path / folder


@pytest.mark.parametrize("folder", WHERE)
def test_a_home_without_the_folder_takes_that_of_the_wheel(
    installed: Path, tmp_path: Path, folder: str
) -> None:
    assert _ask(installed, WHERE[folder], str(tmp_path)) == _ask(installed, WHERE[folder], "")


def test_a_wheel_holds_the_scripts_and_pages_and_no_tests(installed: Path) -> None:
    names = [name.as_posix() for name in _files(installed)]

    assert {Path(name).suffix for name in names if name.startswith("worker/adapters/lua/")} == {".lua"}
    assert any(name.startswith("worker/web/pages/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "templates/", "schedules/", "docs/"))]


def test_the_command_of_the_wheel_is_apres(installed: Path) -> None:
    [entries] = installed.glob("apres-*.dist-info/entry_points.txt")

    assert "apres = worker.__main__:main" in entries.read_text(encoding="utf-8")


def test_a_checkout_finds_its_own_folders() -> None:
    assert template_folder(None) == CHECKOUT / "templates"
    assert schedule_folder(None) == CHECKOUT / "schedules"
    assert sample_folder() == CHECKOUT / "sample"


def _files(folder: Path) -> list[Path]:
    return sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
