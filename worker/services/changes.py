"""What re-planning an armed campaign would change: the plan as it would be written now, against the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from worker.domain.ledger import Record
from worker.domain.lifecycle import WAITING, State
from worker.domain.message import MessageKey
from worker.domain.plan import Plan, Unwanted, Wanted

#: The ledger keeps due times less finely than a plan does.
_NOTICEABLE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Changes:
    """Messages that would be `added` to the schedule, `dropped` from it, or `moved` to another moment."""

    added: tuple[Wanted, ...]
    dropped: tuple[Unwanted, ...]
    moved: tuple[Wanted, ...]

    @property
    def none(self) -> bool:
        """Whether re-planning would change nothing."""
        return not (self.added or self.dropped or self.moved)

    @property
    def number(self) -> int:
        """How many messages it would change."""
        return len(self.added) + len(self.dropped) + len(self.moved)


def changes(plan: Plan, records: Iterable[Record]) -> Changes:
    """Compare; what has been sent, or is being sent, no plan can change."""
    known = {record.key: record for record in records}
    return Changes(
        added=tuple(wanted for wanted in plan.wanted if _is_new(wanted.key, known)),
        dropped=tuple(unwanted for unwanted in plan.unwanted if _waits(unwanted.key, known)),
        moved=tuple(w for w in plan.wanted if _waits(w.key, known) and _retimed(w, known[w.key])),
    )


def _is_new(key: MessageKey, known: dict[MessageKey, Record]) -> bool:
    return key not in known or known[key].state is State.SKIPPED


def _waits(key: MessageKey, known: dict[MessageKey, Record]) -> bool:
    return key in known and known[key].state in WAITING


def _retimed(wanted: Wanted, record: Record) -> bool:
    # A deferred message keeps its own next try: the plan does not speak of it.
    return (
        record.state is State.SCHEDULED
        and record.due is not None
        and abs(record.due - wanted.due) >= _NOTICEABLE
    )
