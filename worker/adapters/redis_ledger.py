"""The ledger as a whole in Redis: which one it is, how far it is, and bringing it up to what was written beside it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from worker.adapters import keys
from worker.adapters.scripts import Script
from worker.domain.ledger import LedgerMark
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason

#: Findings in one call of the script.
_CHUNK = 500


class RedisLedger:
    """`ports.Ledger` on Redis."""

    _redis: Any
    _scripts: dict[str, Script]

    def ledger(self) -> LedgerMark:
        """Its id is made when it is first asked for."""
        self._redis.hsetnx(keys.LEDGER, "id", uuid4().hex)
        fields = self._redis.hgetall(keys.LEDGER)
        return LedgerMark(fields["id"], int(fields.get("sequence", 0)), fields.get("held", ""))

    def hold_ledger(self, because: str) -> bool:
        """The first cause stands."""
        return bool(self._redis.hsetnx(keys.LEDGER, "held", because))

    def hold_as_another(self, than: Iterable[str]) -> bool:
        """Each of them is noted as in `lua/prelude.lua`."""
        new = [self._redis.hset(keys.LEDGER, f"mistaken_by:{other}", 1) for other in than]
        return any(new) and self.hold_ledger("other")

    def release_ledger(self, sequence: int) -> None:
        """The count of passages never goes back."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hset(keys.LEDGER, "sequence", max(sequence, self.ledger().sequence))
        pipe.hdel(keys.LEDGER, "held")
        pipe.execute()

    def reconcile(self, findings: Mapping[MessageKey, State]) -> int:
        """One script for each edition and some hundred findings."""
        editions: dict[str, list[list[str]]] = defaultdict(list)
        for key, state in findings.items():
            editions[key.edition].append([f"{key.step}.{key.person}", state])
        moved = 0
        for edition, found in editions.items():
            self._redis.sadd(keys.EDITIONS, edition)
            for start in range(0, len(found), _CHUNK):
                told = [edition, json.dumps(found[start : start + _CHUNK]), Reason.JOURNAL]
                moved += int(self._scripts["reconcile"](keys=keys.bundle(edition), args=told))
        return moved
