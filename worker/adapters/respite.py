"""How long we may wait at all, whatever the patience with a relay: until we have to leave ourselves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class CutShort(Exception):
    """A wait was ended because we have to leave. No OSError: smtplib would take it for a lost line."""


class Respite(Protocol):
    """Asked again and again while waiting for a relay. A worker that is told to stop shortens it meanwhile."""

    def left(self) -> float:
        """Real seconds a relay may still be waited for; infinite while nobody has to leave."""

    def breakable(self) -> AbstractContextManager[None]:
        """A block in which waiting ends with CutShort as soon as we have to leave, or at once."""


class Endless:
    """For whoever nobody stops: commands, tests."""

    def left(self) -> float:
        """Always infinite."""
        return math.inf

    @contextmanager
    def breakable(self) -> Iterator[None]:
        """Nothing breaks it."""
        yield


ENDLESS = Endless()
