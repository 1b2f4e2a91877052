"""The ledger as a whole in memory: the same promises as `redis_ledger.py` and `lua/reconcile.lua`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from worker.adapters.journal import Witness
from worker.adapters.memory_state import Kept, Memory
from worker.domain.ledger import LedgerMark
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason

_ON_THE_WAY = {
    State.SKIPPED: State.SCHEDULED,
    State.DEAD: State.SCHEDULED,
    State.SCHEDULED: State.CLAIMED,
    State.DEFERRED: State.CLAIMED,
    State.CLAIMED: State.SENDING,
}
_ARRIVED = frozenset({State.SENDING, State.IN_DOUBT, State.SENT})


class MemoryLedger:
    """`ports.Ledger` in memory."""

    memory: Memory
    witness: Witness

    def _is_known(self, mark: str) -> bool:
        if self.memory.held:
            return False
        ledger, _, passages = mark.partition(":")
        if not mark or (ledger == self.memory.ledger_id and int(passages) <= self.memory.passages):
            return True
        if ledger == self.memory.ledger_id:
            self.memory.held = "older"
        else:
            self.hold_as_another([ledger])
        return False

    def ledger(self) -> LedgerMark:
        """See the port."""
        return LedgerMark(self.memory.ledger_id, self.memory.passages, self.memory.held)

    def hold_ledger(self, because: str) -> bool:
        """See the port."""
        first = not self.memory.held
        self.memory.held = self.memory.held or because
        return first

    def hold_as_another(self, than: Iterable[str]) -> bool:
        """See the port."""
        new = set(than) - self.memory.mistaken_by
        self.memory.mistaken_by |= new
        return bool(new) and self.hold_ledger("other")

    def release_ledger(self, sequence: int) -> None:
        """See the port."""
        self.memory.passages, self.memory.held = max(self.memory.passages, sequence), ""

    def reconcile(self, findings: Mapping[MessageKey, State]) -> int:
        """See the port."""
        return sum(self._bring(self._known(key), target) for key, target in findings.items())

    def _known(self, key: MessageKey) -> Kept:
        kept = self.memory.messages.get(key)
        if kept is None:
            kept = Kept(key, generation=self.memory.campaign(key.edition).generation, due=self.memory.ledger)
            self.memory.move(kept, State.SCHEDULED, Reason.JOURNAL)
        return kept

    def _bring(self, kept: Kept, target: State) -> bool:
        moved = False
        while kept.state is not target and kept.state is not None:
            step = target if kept.state in _ARRIVED else _ON_THE_WAY.get(kept.state)
            kept.due = kept.due or self.memory.ledger
            if step is None or not self.memory.move(kept, step, Reason.JOURNAL):
                return False
            moved = True
        return moved
