"""No servers at all: what a memory store stands on has no queues and forgets nothing while it lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from worker.ports import LedgerHealth


@dataclass
class MemoryServers:
    """`ports.Servers` in memory; a test says what they tell."""

    lengths: Mapping[str, int] = field(default_factory=dict)
    health: LedgerHealth = field(default_factory=LedgerHealth)

    def queue_lengths(self) -> Mapping[str, int]:
        """See the port."""
        return self.lengths

    def ledger_health(self) -> LedgerHealth:
        """See the port."""
        return self.health
