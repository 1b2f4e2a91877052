"""The checkout that the tests of the house look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

CHECKOUT = Path(__file__).parents[2]
COMPOSE = CHECKOUT / "docker-compose.yml"


def sources(room: str) -> dict[str, str]:
    """Every Python file under a top-level folder: its path, as `worker/mail/frame.py`, and its text."""
    files = sorted((CHECKOUT / room).rglob("*.py"))
    return {file.relative_to(CHECKOUT).as_posix(): file.read_text(encoding="utf-8") for file in files}


def read_compose() -> dict[str, Any]:
    """docker-compose.yml with its anchors merged, as plain values."""
    read: dict[str, Any] = YAML(typ="safe").load(COMPOSE)
    return read
