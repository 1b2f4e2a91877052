"""The folder of templates, as it lies on a disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from worker.adapters.template_files import read_templates
from worker.domain.errors import InvalidFile


def test_templates_are_named_by_their_place_below_the_folder(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "nudge.md.j2").write_text("Bonjour Zoé", encoding="utf-8")
    (tmp_path / "fr" / "nudge.md.j2~").write_text("an editor's copy", encoding="utf-8")
    (tmp_path / "frame.css").write_text("p {}", encoding="utf-8")

    found = read_templates(tmp_path)

    assert found == {"fr/nudge.md.j2": "Bonjour Zoé", "frame.css": "p {}"}


def test_a_folder_that_is_not_there_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="APRES_HOME"):
        read_templates(tmp_path / "templates")


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "nudge.md.j2").write_bytes("Bonjour\nZoé".encode("cp1252"))

    with pytest.raises(InvalidFile, match=r"nudge\.md\.j2, line 2: .*UTF-8"):
        read_templates(tmp_path)
