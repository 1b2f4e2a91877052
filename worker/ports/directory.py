"""Editions and the people on their lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from worker.domain.change import Seat
from worker.domain.edition import Edition
from worker.domain.listed import Listed
from worker.domain.person import Guest


class Directory(Protocol):
    """Editions and the people on their lists."""

    def save_edition(self, edition: Edition) -> None:
        """Keep this snapshot; workers compose from it."""

    def edition(self, edition_id: str) -> Edition | None:
        """The last snapshot, or None."""

    def editions(self, series: str) -> tuple[Edition, ...]:
        """All editions of a series in order of their number."""

    def known_editions(self) -> tuple[str, ...]:
        """Every edition that a snapshot is kept of, planned or not."""

    def save_guests(self, edition_id: str, guests: Iterable[Guest]) -> None:
        """Add these guests or replace them by person id; nobody is removed."""

    def guests_version(self, edition_id: str) -> int:
        """Grows whenever the list of an edition changes."""

    def guests(self, edition_id: str, people: Iterable[str] | None = None) -> Mapping[str, Guest]:
        """The guests by person id: all of the list, or only those asked for."""

    def listed(self, edition_id: str) -> Listed:
        """All of the list in columns, in any order: as much of each guest as tells who they are."""

    def earlier_visits(self, edition_id: str, people: Iterable[str]) -> Mapping[str, int]:
        """At how many earlier editions of the same series each person was present."""

    def uninvite(self, edition_id: str, person: str, at: datetime) -> None:
        """Take back this person's invitation to the edition's next Café; the first moment stands."""

    def invite_again(self, edition_id: str, person: str, at: datetime, turn: int) -> None:
        """Give it back, for the so-many-th time; nothing where it was not taken."""

    def uninvited(self, edition_id: str) -> Mapping[str, datetime]:
        """Whose invitation is taken back, and since when."""

    def seats(self, edition_id: str, people: Iterable[str] | None = None) -> Mapping[str, Seat]:
        """Everybody whose invitation was ever taken back, or those of these people."""
