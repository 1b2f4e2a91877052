"""What a person can set, see or type is told: every setting, state and command is in the docs."""

from __future__ import annotations

import re
from collections.abc import Iterable

import typer.main

from tests.house.tree import CHECKOUT
from worker.config import Settings
from worker.domain.lifecycle import State


def _docs() -> str:
    files = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.is_file())


def _settings() -> set[str]:
    return {f"APRES_{name.upper()}" for name in Settings.model_fields}


def _untold(words: Iterable[str], text: str) -> list[str]:
    """Words that the text nowhere says as a whole: `APRES_SECRET` is not told by `APRES_SECRET_FILE`."""
    return sorted(word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text))


def test_every_setting_is_in_the_docs() -> None:
    assert _untold(_settings(), _docs()) == []


def test_every_setting_is_in_the_example_and_no_other() -> None:
    example = (CHECKOUT / ".env.example").read_text(encoding="utf-8")

    told = re.findall(r"^# (APRES_[A-Z_]+)=", example, re.MULTILINE)

    assert sorted(told) == sorted(_settings())


def test_numbers_in_the_example_and_the_docs_are_the_defaults() -> None:
    example = (CHECKOUT / ".env.example").read_text(encoding="utf-8")
    table = (CHECKOUT / "docs" / "settings.md").read_text(encoding="utf-8")

    told = re.findall(r"^# APRES_([A-Z_]+)=([\d.]*\d)$", example, re.MULTILINE)
    told += re.findall(r"^\| `APRES_([A-Z_]+)` \| `(\d[\d.]*)` \|", table, re.MULTILINE)

    known = {name.upper(): str(field.default) for name, field in Settings.model_fields.items()}
    assert len(told) > 40
    assert [(name, value) for name, value in told if value != known[name].removesuffix(".0")] == []


def test_every_state_is_in_the_docs() -> None:
    assert _untold([f"`{state}`" for state in State], _docs()) == []


def test_every_command_is_in_the_docs() -> None:
    from worker.cli import app  # noqa: PLC0415 - one broken command must not take the other promises along

    commands = _commands("apres", typer.main.get_command(app))

    assert len(commands) > 1
    assert _untold(commands, _docs()) == []


def _commands(words: str, command: object) -> list[str]:
    inner = getattr(command, "commands", {})
    return [each for name, sub in inner.items() for each in _commands(f"{words} {name}", sub)] or [words]


def test_a_word_is_not_told_by_a_longer_one() -> None:
    assert _untold(["APRES_SECRET", "apres guests"], "APRES_SECRET_FILE, `apres guests import`") == [
        "APRES_SECRET"
    ]
