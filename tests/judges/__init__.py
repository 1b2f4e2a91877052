"""Programs that judge what we make, each in a process of its own: a line of JSON in, a line of JSON out."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent


class Judge:
    """One of the programs beside this file, while it runs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Speak to this process."""
        self._process = process

    def __call__(self, **question: object) -> Any:
        """Its answer."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer


@contextmanager
def judge(program: str, *, needs: str = "") -> Iterator[Judge]:
    """A judge written in JavaScript; skipped, which fails in CI, without Node, its packages or what it `needs`."""
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules").is_dir() or (needs and shutil.which(needs) is None):
        pytest.skip("Node, its packages and Chromium are not all installed: run `make tools`")
    with subprocess.Popen(
        [node, FOLDER / program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=FOLDER
    ) as process:
        yield Judge(process)
        assert process.stdin
        process.stdin.close()
        process.wait(20)
