"""A composer that is made with the first letter: most commands write none, and templates take half a second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from worker.domain.facts import Facts
from worker.domain.message import Letter, MessageKey
from worker.ports import Composer


class WhenAsked:
    """`ports.Composer`, by another one."""

    def __init__(self, make: Callable[[], Composer]) -> None:
        """`make` is asked each time; whoever makes it keeps it."""
        self._make = make

    def compose(self, key: MessageKey, facts: Facts, at: datetime) -> Letter:
        """As the composer does."""
        return self._make().compose(key, facts, at)
