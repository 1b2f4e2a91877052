"""Readers of calendars that are not ours to please, each a program of its own: libical and ical.js."""

from __future__ import annotations

import json
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).parent / "judges"
_DEBIANS = "/usr/bin/python3"
_TIMEOUT = 120

_JAVASCRIPT = _FOLDER / "calendars"
_ASKS_FOR_LIBICAL = "import gi; gi.require_version('ICalGLib', '3.0')"

#: What each is run with, and what it must have to run.
_JUDGES = {
    "libical": ([_DEBIANS, str(_FOLDER / "libical.py")], [_DEBIANS, "-c", _ASKS_FOR_LIBICAL]),
    "ical.js": (
        ["node", str(_JAVASCRIPT / "moments.mjs")],
        ["node", "-e", f"require({str(_JAVASCRIPT / 'node_modules' / 'ical.js' / 'package.json')!r})"],
    ),
}
JUDGES = tuple(_JUDGES)


@cache
def _is_here(judge: str) -> bool:
    asked = _JUDGES[judge][1]
    found = shutil.which(asked[0])
    return (
        bool(found)
        and subprocess.run(asked, check=False, capture_output=True, timeout=_TIMEOUT).returncode == 0
    )


def opinions(judge: str, calendars: Iterable[bytes]) -> list[dict[str, Any]]:
    """What a judge reads in each calendar; the test is skipped (in CI it fails) where `make tools` was not run."""
    if not _is_here(judge):
        pytest.skip(f"{judge} is not installed: make tools")
    lines = b"\n".join(b64encode(calendar) for calendar in calendars)
    done = subprocess.run(_JUDGES[judge][0], check=False, input=lines, capture_output=True, timeout=_TIMEOUT)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]
