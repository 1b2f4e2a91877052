"""Metrics of messages: where they are, how late, what moved, what needs a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from prometheus_client.core import Metric
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily

from worker.domain.changes_told import CHANGE_STEPS
from worker.domain.errors import InvalidFile
from worker.domain.lateness import together
from worker.domain.lifecycle import State
from worker.domain.reason import Reason
from worker.domain.reminders import ORGANIZER_STEPS
from worker.ports import Moves
from worker.services.queues import Queues
from worker.services.tools import Tools

#: Why a message may be set aside.
_DEADLY = (Reason.POISON, Reason.COMPOSE_FAILED, Reason.LEAK)

#: Moves that are told before the first one is made: of a counter that begins at one, Prometheus sees no increase.
_FROM_THE_START: tuple[tuple[str, str], ...] = (
    (State.SENT, Reason.ACCEPTED),
    (State.DEFERRED, Reason.REFUSED_FOR_NOW),
    (State.BOUNCED, Reason.REFUSED),
    (State.BOUNCED, Reason.GAVE_UP),
    (State.BOUNCED, Reason.EVIDENCE),
    (State.IN_DOUBT, Reason.LOST_AFTER_DOT),
    (State.IN_DOUBT, Reason.WORKER_LOST),
    (State.SKIPPED, Reason.EXPIRED),
    *((State.DEAD, reason) for reason in _DEADLY),
)

#: The label of a step that no sequence file names any more.
OTHER = "other"


def message_metrics(tools: Tools, now: Queues, moves: Moves) -> Iterator[Metric]:
    """All of them, over all editions."""
    steps = _known_steps(tools, now)
    yield _messages(now, steps)
    yield from _waiting(now, steps)
    yield _dead(now)
    yield _moves(moves, steps)


def _known_steps(tools: Tools, now: Queues) -> frozenset[str]:
    known = {step.name for step in CHANGE_STEPS.values()} | ORGANIZER_STEPS
    for queue in now.editions:
        edition = tools.store.edition(queue.campaign.edition)
        if edition is not None:
            known |= _steps_of(tools, edition.sequence)
    return frozenset(known)


def _steps_of(tools: Tools, sequence: str) -> set[str]:
    """A sequence file that is broken just now names none: metrics go on."""
    try:
        return {step.name for step in tools.sequence(sequence).steps}
    except InvalidFile:
        return set()


def _label(step: str, known: frozenset[str]) -> str:
    return step if step in known else OTHER


def _messages(now: Queues, known: frozenset[str]) -> Metric:
    told = GaugeMetricFamily("apres_messages", "Messages by step and state.", labels=("step", "state"))
    sums = Counter({(step, state): 0 for step in known for state in State})
    for queue in now.editions:
        for step in queue.steps:
            for state, number in step.states.items():
                sums[_label(step.name, known), state] += number
    for labels, number in sorted(sums.items()):
        told.add_metric(labels, number)
    return told


def _waiting(now: Queues, known: frozenset[str]) -> Iterator[Metric]:
    overdue = GaugeMetricFamily("apres_overdue_messages", "Messages that should have left.", labels=("step",))
    oldest = GaugeMetricFamily("apres_overdue_oldest_seconds", "Age of the oldest of them.", labels=("step",))
    soon = GaugeMetricFamily("apres_due_next_hour_messages", "Due within an hour.", labels=("step",))
    for name in sorted(known | {OTHER}):
        own = [s for queue in now.editions for s in queue.steps if _label(s.name, known) == name]
        late = together([step.late for step in own])
        overdue.add_metric((name,), late.messages)
        oldest.add_metric((name,), late.oldest.total_seconds())
        soon.add_metric((name,), sum(step.soon for step in own))
    yield from (overdue, oldest, soon)


def _dead(now: Queues) -> Metric:
    told = GaugeMetricFamily("apres_dead_letters", "Messages set aside, by reason.", labels=("reason",))
    dead = Counter(r.reason for queue in now.editions for r in queue.unsettled if r.state is State.DEAD)
    for reason in {*_DEADLY, *dead}:
        told.add_metric((reason,), dead[reason])
    return told


def _moves(moves: Moves, known: frozenset[str]) -> Metric:
    told = CounterMetricFamily(
        "apres_moves", "Moves recorded in the ledger since it began.", labels=("step", "state", "reason")
    )
    sums = Counter[tuple[str, str, str]]({(step, *kind): 0 for step in known for kind in _FROM_THE_START})
    for (step, state, reason), number in moves.items():
        sums[_label(step, known), state, reason] += number
    for labels, number in sorted(sums.items()):
        told.add_metric(labels, number)
    return told
