"""What the ledger tells: where a message is, each move it made, and what must be known of its step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason
from worker.domain.sequence import Doubt, Lane


@dataclass(frozen=True, slots=True)
class Entry:
    """One ledger entry: a move, when it was made (ledger's clock), and why."""

    key: MessageKey
    at: datetime
    before: State | None
    after: State
    reason: Reason
    reply: str = ""
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Where a message is now. `version` is that of the invitation it carries, once it passed its gate."""

    key: MessageKey
    state: State
    due: datetime | None
    until: datetime | None
    reason: Reason
    generation: int
    tries: int = 0
    losses: int = 0
    reply: str = ""
    token: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class LedgerMark:
    """Which ledger this is, how many passages of the gate it counts, and why nobody may send ("": they may)."""

    id: str
    sequence: int
    held: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the ledger must know of a step: its lane, what a doubt about it becomes, which suppressions bar it.

    `barred_by` are scopes (`domain.suppression`).
    """

    lane: Lane
    doubt: Doubt
    barred_by: tuple[str, ...] = ()
