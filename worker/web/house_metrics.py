"""Metrics of the house: who is alive, Celery's queues, the relay, the ledger and its server."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import Metric
from prometheus_client.metrics_core import GaugeMetricFamily

from worker.domain.campaign import Status
from worker.domain.life import Part, last_of, listeners
from worker.domain.notice import NoticeKind
from worker.domain.sequence import QUEUES
from worker.services.queues import Queues


def house_metrics(now: Queues) -> Iterator[Metric]:
    """All of them; a closed set of labels each, also while a number is nought."""
    yield from _alive(now)
    yield _by("apres_queue_messages", "Wake-ups that wait in a Celery queue.", "queue", dict(now.lengths))
    yield _by("apres_editions", "Editions by the standing of their campaign.", "status", _standings(now))
    yield _by("apres_notices", "Open matters that need a person.", "kind", _matters(now))
    yield from _relay(now)
    yield from _ledger(now)


def _alive(now: Queues) -> Iterator[Metric]:
    lanes: dict[str, float] = {lane: listeners(now.signs, lane) for lane in QUEUES}
    yield _by("apres_workers", "Workers alive that listen to a queue.", "queue", lanes)
    parts: dict[str, float] = dict.fromkeys(map(str, Part), 0)
    for known in now.signs:
        parts[known.part] += known.is_alive
    yield _by("apres_alive", "Processes alive, by part; a tick is a look at the schedule.", "part", parts)
    latest = [sign for part in Part if (sign := last_of(now.signs, part))]
    last: dict[str, float] = {sign.part: sign.at.timestamp() for sign in latest}
    name = "apres_last_sign_timestamp_seconds"
    yield _by(name, "When each part was last heard of (real time).", "part", last)


def _standings(now: Queues) -> dict[str, float]:
    counts: dict[str, float] = dict.fromkeys(Status, 0)
    for queue in now.editions:
        counts[queue.campaign.status] += 1
    return counts


def _matters(now: Queues) -> dict[str, float]:
    counts: dict[str, float] = dict.fromkeys(NoticeKind, 0)
    for notice in now.notices:
        counts[notice.kind] += 1
    return counts


def _relay(now: Queues) -> Iterator[Metric]:
    relay = now.relay
    yield _one(
        "apres_relay_paused", "Whether the relay refuses our account and all waits.", bool(relay.paused)
    )
    yield _one("apres_relay_failures", "Failures in a row to reach the relay.", relay.failures)
    yield _one("apres_relay_connections", "Connections to the relay in use.", relay.lines)


def _ledger(now: Queues) -> Iterator[Metric]:
    health = now.health
    yield _one("apres_ledger_held", "Whether the ledger must be reconciled first.", bool(now.ledger.held))
    yield _one("apres_ledger_durable", "Whether its server keeps what it is told.", not health.faults)
    yield _one("apres_ledger_memory_bytes", "Memory its server uses.", health.used)
    yield _one("apres_ledger_memory_limit_bytes", "Memory its server may use; 0: unknown.", health.limit)


def _one(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(name, told, value=value)


def _by(name: str, told: str, label: str, values: dict[str, float] | dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, told, labels=(label,))
    for word, value in values.items():
        family.add_metric((str(word),), value)
    return family
