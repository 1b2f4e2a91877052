"""The sentences that errors say, as they stand in the source: `{}` for every value put into one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import CHECKOUT

#: Where an organizer's mistakes are named. What only ops meet (servers, keys, templates' syntax) stays English.
ROOMS = ("domain", "services", "adapters", "bootstrap")

#: Whoever is called like this says its arguments to a person.
_SPEAKERS = frozenset({"Refused", "Unfit", "InvalidRule", "InvalidAddress", "mistake", "_mistake"})


def sentences() -> frozenset[str]:
    """Every sentence of an error an organizer may meet."""
    files = [file for room in ROOMS for file in _files(CHECKOUT / "worker" / room)]
    return frozenset(text for file in files for text in _said(ast.parse(file.read_text("utf-8"))))


def _files(room: Path) -> list[Path]:
    return sorted(room.glob("*.py")) if room.is_dir() else [room]


def _said(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in _SPEAKERS:
            for argument in node.args:
                yield from _texts(argument)


def _texts(node: ast.expr) -> Iterator[str]:
    """The sentence of an argument; of a choice, both. A single word is a name and no sentence."""
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    text = _text(node)
    if " " in text:
        yield text


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
