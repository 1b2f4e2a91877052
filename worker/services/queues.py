"""What waits, how late it is, what needs a person, and who is at work: one look for the console and for metrics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from worker.domain.campaign import Campaign, Status
from worker.domain.lateness import Lateness, lateness
from worker.domain.ledger import LedgerMark, Record
from worker.domain.life import LifeSign
from worker.domain.lifecycle import State
from worker.domain.message import without_round
from worker.domain.notice import Notice
from worker.domain.relay_state import RelayState
from worker.ports import LedgerHealth, Store
from worker.services.tools import Tools

#: How far ahead one looks.
SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class StepQueue:
    """One step of an edition, its rounds together. What may not leave yet (paused, not armed) is never late."""

    name: str
    states: Mapping[State, int]
    late: Lateness
    soon: int


@dataclass(frozen=True, slots=True)
class EditionQueue:
    """One edition: its campaign, its steps by name, and the messages in doubt or set aside."""

    campaign: Campaign
    steps: tuple[StepQueue, ...]
    unsettled: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Queues:
    """Everything at one look. `at` is on the ledger's clock; lengths are wake-ups in Celery's queues."""

    at: datetime
    editions: tuple[EditionQueue, ...]
    notices: tuple[Notice, ...]
    signs: tuple[LifeSign, ...]
    relay: RelayState
    ledger: LedgerMark
    health: LedgerHealth
    lengths: Mapping[str, int]


def queues(tools: Tools, editions: Iterable[str] = ()) -> Queues:
    """A look at these editions, or at all there are."""
    store, at = tools.store, tools.store.now()
    names = tuple(editions) or store.editions_ever()
    return Queues(
        at=at,
        editions=tuple(_edition(store, name, at) for name in names),
        notices=store.open_notices(),
        signs=store.life_signs(),
        relay=store.relay_state(),
        ledger=store.ledger(),
        health=tools.servers.ledger_health(),
        lengths=tools.servers.queue_lengths(),
    )


def _edition(store: Store, name: str, at: datetime) -> EditionQueue:
    campaign, states = store.campaign(name), _states(store, name)
    ages: dict[str, list[timedelta]] = defaultdict(list)
    soon = Counter[str]()
    for step, due in store.waiting(name, before=at + SOON) if campaign.status is Status.ARMED else ():
        leaves = max(due, campaign.hold_until or due)
        if leaves <= at:
            ages[step].append(at - leaves)
        else:
            soon[step] += 1
    steps = (StepQueue(step, states[step], lateness(ages[step]), soon[step]) for step in sorted(states))
    return EditionQueue(campaign, tuple(steps), store.unsettled(name))


def _states(store: Store, edition: str) -> Mapping[str, Counter[State]]:
    """Each state's messages by step; what starts to wait between two reads has its step here all the same."""
    states: dict[str, Counter[State]] = defaultdict(Counter)
    for (step, state), number in store.counts(edition).items():
        states[without_round(step)][state] += number
    return states
