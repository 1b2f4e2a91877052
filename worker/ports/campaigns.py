"""The decisions of organizers, and questions about messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from worker.domain.approval import Approval
from worker.domain.campaign import Campaign
from worker.domain.ledger import Entry, Record
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.stall import Pulse


class Campaigns(Protocol):
    """The organizers' decisions, and questions about messages."""

    def campaign(self, edition: str) -> Campaign:
        """The campaign of an edition; a draft when nothing was ever decided."""

    def editions_ever(self) -> tuple[str, ...]:
        """Editions that ever had a plan or a decision."""

    def editions_at_work(self) -> tuple[str, ...]:
        """Editions whose campaign was ever armed and is not cancelled."""

    def steer(self, campaign: Campaign, *, after: Campaign | None = None) -> bool:
        """Record status, hold, end and cause; a paused or cancelled one leaves the schedule. False when not `after`."""

    def approve(self, edition: str, approval: Approval) -> None:
        """Keep what an organizer let go; replaces it."""

    def approval(self, edition: str) -> Approval | None:
        """What an organizer let go last; None for a campaign of before this was kept."""

    def records(self, edition: str) -> tuple[Record, ...]:
        """Every message of an edition as it is now."""

    def records_of(self, asked: Iterable[MessageKey]) -> tuple[Record, ...]:
        """Those of these messages that there are, in the order asked, without reading any other."""

    def counts(self, edition: str) -> Mapping[tuple[str, State], int]:
        """Messages per (step, state); they always sum to the plan."""

    def entries(self, edition: str, person: str | None = None) -> Iterator[Entry]:
        """The ledger of an edition, oldest first."""

    def drop_moves(self, edition: str, before: datetime) -> int:
        """Forget what the ledger of an edition tells of the time before; states and counts stay. Gives how many."""

    def pulse(self) -> Pulse:
        """Live leases (real time) and the last move, of all editions."""
