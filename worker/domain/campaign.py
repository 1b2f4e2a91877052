"""A campaign: the messages of one edition, armed and steered by its organizers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """Where a campaign stands. Only an armed one may send."""

    DRAFT = "draft"
    ARMED = "armed"
    PAUSED = "paused"
    CANCELLED = "cancelled"


#: Armed once and not ended: its plan is in the ledger and may be sending.
AT_WORK = frozenset({Status.ARMED, Status.PAUSED})


@dataclass(frozen=True, slots=True)
class Campaign:
    """What organizers decided about one edition. Moments are aware, on the ledger's clock.

    Nothing passes the gate before `hold_until`, the end of the undo minute. `ended_at` is set when an
    organizer declared the edition over; "" in `because` unless something paused it.
    `generation` grows with every re-planning: a worker that holds an older one is turned back at the gate.
    """

    edition: str
    status: Status = Status.DRAFT
    generation: int = 0
    hold_until: datetime | None = None
    ended_at: datetime | None = None
    because: str = ""
