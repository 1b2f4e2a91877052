"""What a run leaves behind: the ledger, the inbox, and what was done to it. The invariants judge nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from worker.domain.ledger import Entry, Record
from worker.domain.message import MessageKey
from worker.domain.reason import Reason
from worker.domain.window import Window


@dataclass(frozen=True, slots=True)
class Received:
    """One mail as the relay accepted it."""

    key: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Injected:
    """What was done on purpose. `causes` are the reasons that it explains for anybody's message.

    `interruptions` counts what may leave a group in doubt: a lost or frozen process, a line cut after a dot.
    """

    interruptions: int = 0
    causes: frozenset[Reason] = frozenset()
    refused: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    poisoned: frozenset[MessageKey] = frozenset()
    suppressed: Mapping[str, int] = field(default_factory=dict)
    pauses: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """One campaign from its plan to its end. `entries` are in the order in which the ledger wrote them.

    `suppressed` and `pauses` of `injected` count entries: between which of them a person could not be written to,
    or nothing could leave. So they hold on a clock that stands still. `complaints` are what faults saw meanwhile.
    """

    edition: str
    records: tuple[Record, ...]
    entries: tuple[Entry, ...]
    received: tuple[Received, ...]
    counts: Mapping[tuple[str, Any], int]
    window: Window
    group: int
    injected: Injected = Injected()
    ended: bool = True
    complaints: tuple[str, ...] = ()

    @property
    def times(self) -> Counter[str]:
        """How often each key arrived."""
        return Counter(mail.key for mail in self.received)

    def untils(self) -> dict[MessageKey, datetime | None]:
        """The last good moment of each message."""
        return {record.key: record.until for record in self.records}
