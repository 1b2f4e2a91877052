"""The metrics: one look at the ledger at each scrape, so they are right however many processes there are.

Labels are closed sets: a step of the sequence files (or `other`), states, reasons, lanes, parts. No edition, no person.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import Metric
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from worker import __version__
from worker.domain.errors import ApresError
from worker.services.queues import queues
from worker.services.tools import Tools
from worker.web.house_metrics import house_metrics
from worker.web.message_metrics import message_metrics


def exposition(tools: Callable[[], Tools]) -> bytes:
    """Everything, as text. A ledger that does not answer is a metric too, and then the only one."""
    registry = CollectorRegistry()
    registry.register(_House(tools))
    return bytes(generate_latest(registry))


class _House(Collector):
    def __init__(self, tools: Callable[[], Tools]) -> None:
        self._tools = tools

    def describe(self) -> list[Metric]:
        """Nothing beforehand: registering must not read the ledger."""
        return []

    def collect(self) -> Iterator[Metric]:
        """One look."""
        yield _build()
        try:
            tools = self._tools()
            now, moves = queues(tools), tools.store.moves()
        except (RedisError, OSError, ApresError):
            yield _up(0)
            return
        yield _up(1)
        yield from message_metrics(tools, now, moves)
        yield from house_metrics(now)


def _up(value: int) -> Metric:
    return GaugeMetricFamily("apres_ledger_up", "Whether the ledger answers.", value=value)


def _build() -> Metric:
    told = GaugeMetricFamily("apres_build_info", "What runs here.", labels=("version", "python"))
    told.add_metric((__version__, platform.python_version()), 1)
    return told
