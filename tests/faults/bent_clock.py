"""Imported first of all: a wall clock that is off by as many seconds as the file named by FAULT_CLOCK says.

From within, because libfaketime also makes sleeps fail (EINVAL), so that the worker would be under another fault.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

_now = time.time


def _bent() -> float:
    return _now() + int(Path(os.environ["FAULT_CLOCK"]).read_text() or 0)


if os.environ.get("FAULT_CLOCK"):
    time.time = _bent
