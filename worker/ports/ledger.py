"""The ledger as a whole: which one it is, how far, and whether it may send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from worker.domain.ledger import LedgerMark
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey


class Ledger(Protocol):
    """The ledger as a whole: one that is older than what was sent must not send."""

    def ledger(self) -> LedgerMark:
        """Which one, how far, and whether it is held."""

    def hold_ledger(self, because: str) -> bool:
        """No claim and no gate, on any machine, until it is released; False when it was held already."""

    def hold_as_another(self, than: Iterable[str]) -> bool:
        """Hold it because there are journals of these other ledgers; not when it was held for all of them before."""

    def release_ledger(self, sequence: int) -> None:
        """Send again; at least so many passages were made."""

    def reconcile(self, findings: Mapping[MessageKey, State]) -> int:
        """Bring messages to where they were found to be: sent, bounced, in doubt. Gives how many moved."""
