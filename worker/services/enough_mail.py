"""What each person got, and will get, of what we write unasked: in this edition, and on which days in any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from worker.domain.caps import NO_CAPS, Gone
from worker.domain.edition import Edition
from worker.domain.lifecycle import UNSENT, State
from worker.domain.message import MessageKey
from worker.services.tools import Tools, window

#: Past the gate: it counts, whatever became of it.
LEFT = frozenset({State.SENDING, State.SENT, State.IN_DOUBT, State.BOUNCED})


def gone(tools: Tools, edition: Edition) -> Gone:
    """What left already of the edition's own steps, and what takes a day of somebody's; without limits nobody looks."""
    if tools.limits.caps == NO_CAPS:
        return Gone()
    midnight = _midnight(tools, edition)
    steps = _own_steps(tools, edition)
    out = frozenset(
        r.key for r in tools.store.records(edition.id) if r.state in LEFT and r.key.step_name in steps
    )
    left = tools.store.left_since(edition.id, midnight)
    return Gone(
        out, {key: at for key, at in left.items() if key in out} | dict(_elsewhere(tools, edition, midnight))
    )


def _elsewhere(tools: Tools, edition: Edition, midnight: datetime) -> Iterator[tuple[MessageKey, datetime]]:
    """In other editions: what left today, and what waits for its moment."""
    for name in tools.store.editions_at_work():
        other = tools.store.edition(name)
        if other is None or name == edition.id:
            continue
        steps = _own_steps(tools, other)
        yield from (
            (key, at) for key, at in tools.store.left_since(name, midnight).items() if key.step_name in steps
        )
        if not any(number for (_, state), number in tools.store.counts(name).items() if state in UNSENT):
            continue
        opens = window(tools, other).first_open
        for record in tools.store.records(name):
            if record.state in UNSENT and record.due and record.key.step_name in steps:
                yield record.key, opens(max(record.due, tools.store.now()))


def _own_steps(tools: Tools, edition: Edition) -> frozenset[str]:
    """Those of the sequence: what follows from a person's own words is owed on any day."""
    return frozenset(step.name for step in tools.sequence(edition.sequence).steps)


def _midnight(tools: Tools, edition: Edition) -> datetime:
    today = tools.store.now().astimezone(edition.meeting.zone).date()
    return datetime.combine(today, time(), tzinfo=edition.meeting.zone).astimezone(UTC)
