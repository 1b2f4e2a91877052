"""What a pool process may import after its fork is imported before it: no import within a function is forgotten."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import sources
from worker.machine.early_imports import LATE

#: Rooms that a task may come to.
REACHED = ("domain", "mail", "ports", "services", "adapters", "bootstrap", "places", "config", "tasks")


def late_imports(text: str) -> Iterator[str]:
    """The modules that functions of this file import."""
    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in (inner for function in functions for inner in ast.walk(function)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_every_late_import_of_the_worker_is_made_before_the_fork() -> None:
    texts = {
        path: text
        for path, text in sources("worker").items()
        if path.split("/")[1].removesuffix(".py") in REACHED
    }

    found = {(path, name) for path, text in texts.items() for name in late_imports(text)}

    assert found, "the rule looks at nothing"
    assert {(path, name) for path, name in found if name not in LATE} == set()


def test_an_import_within_a_function_is_found() -> None:
    assert list(late_imports("import os\ndef f():\n    from a.b import c\n    import d")) == ["a.b", "d"]
