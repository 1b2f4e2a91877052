"""A name that somebody wrote and that may be several people's, or nobody's: an organizer says who is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class UnclearName:
    """`person` met somebody they call `written`; `candidates` are the ids of those who may be meant."""

    person: str
    written: str
    since: datetime
    candidates: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What tells it from others: one person writes one name once."""
        return f"{self.person}/{self.written.casefold()}"
