"""Waiting for something to become true, with an end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

#: Real seconds between two looks.
_GLANCE = 0.05


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Look again and again; whether it came true within so many real seconds."""
    end, glance = time.monotonic() + seconds, threading.Event()
    while not condition():
        if time.monotonic() >= end:
            return False
        glance.wait(_GLANCE)
    return True
