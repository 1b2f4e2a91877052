"""The servers behind the house, asked about themselves: the broker's queues, the ledger's memory and durability."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any

from redis import Redis

from worker.adapters.redis_checks import check_ledger, trouble
from worker.ports import LedgerHealth


class RedisServers:
    """`ports.Servers` on Redis."""

    def __init__(self, broker: Callable[[], Any], ledger: Redis, queues: Collection[str]) -> None:
        """Count these queues of the broker, which is connected to when first asked."""
        self._connect, self._ledger, self._queues = broker, ledger, tuple(queues)

    @cached_property
    def _broker(self) -> Any:
        return self._connect()

    def queue_lengths(self) -> dict[str, int]:
        """One round trip. Priorities are not used, so one list is the whole queue."""
        pipe = self._broker.pipeline(transaction=False)
        for queue in self._queues:
            pipe.llen(queue)
        return dict(zip(self._queues, pipe.execute(), strict=True))

    def ledger_health(self) -> LedgerHealth:
        """INFO and a few settings."""
        memory: Any = self._ledger.info("memory")
        limit = int(memory.get("maxmemory", 0)) or int(memory.get("total_system_memory", 0))
        faults = (*check_ledger(self._ledger), *trouble(self._ledger))
        return LedgerHealth(faults, int(memory["used_memory"]), limit)
