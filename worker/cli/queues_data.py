"""The queues for machines: names of states, reasons, parts and lanes as in logs and metrics."""

from __future__ import annotations

from collections import Counter
from typing import Any

from worker.cli.relay_words import relay_data
from worker.domain.lateness import MINUTES, Lateness
from worker.domain.life import Part, last_of
from worker.domain.lifecycle import State
from worker.services.queues import EditionQueue, Queues, StepQueue


def queues_data(now: Queues) -> dict[str, Any]:
    """All of a look. Ages are seconds on the ledger's clock, signs of life seconds of real time."""
    tick = last_of(now.signs, Part.TICK)
    return {
        "at": now.at,
        "editions": [_edition(queue) for queue in now.editions],
        "notices": [{"edition": n.edition, "kind": n.kind, "since": n.since} for n in now.notices],
        "celery": dict(now.lengths),
        "parts": [
            {"part": s.part, "name": s.name, "lanes": s.lanes, "last_sign": s.at, "alive": s.is_alive}
            for s in now.signs
            if s.part is not Part.TICK
        ],
        "last_tick": tick.at if tick else None,
        "relay": {"paused": now.relay.paused, **relay_data(now.relay)},
        "ledger": {
            "held": now.ledger.held,
            "faults": now.health.faults,
            "memory_bytes": now.health.used,
            "memory_limit_bytes": now.health.limit,
        },
    }


def _edition(queue: EditionQueue) -> dict[str, Any]:
    dead = Counter(r.reason for r in queue.unsettled if r.state is State.DEAD)
    doubts = [str(r.key) for r in queue.unsettled if r.state is State.IN_DOUBT]
    return {
        "edition": queue.campaign.edition,
        "status": queue.campaign.status,
        "because": queue.campaign.because,
        "doubts": doubts,
        "dead_letters": dict(dead),
        "steps": {step.name: _step(step) for step in queue.steps},
    }


def _step(step: StepQueue) -> dict[str, Any]:
    return {
        "states": {state: step.states.get(state, 0) for state in State},
        "overdue": step.late.messages,
        "oldest_overdue_seconds": step.late.oldest.total_seconds(),
        "overdue_by_minutes": _columns(step.late),
        "due_next_hour": step.soon,
    }


def _columns(late: Lateness) -> dict[str, int]:
    names = [*(str(minutes) for minutes in MINUTES), f"{MINUTES[-1]}+"]
    return dict(zip(names, late.ages, strict=True))
