"""Mails to organizers that belong to every campaign that waits for presence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from worker.domain.rule import Rule, parse_rule
from worker.domain.sequence import Audience, Doubt, GateKind, Lane, Purpose, Sequence, Step

#: Steps whose mails go to our own organizers: no way out needed, no campaign headers.
ORGANIZER_STEPS = frozenset({"ask-presence", "presence-due", "notice", "answers", "forward"})


@dataclass(frozen=True, slots=True)
class Reminder:
    """A step to organizers, sent `lead` before the moment its rule names."""

    step: Step
    lead: timedelta = timedelta(0)


def reminders(sequence: Sequence) -> tuple[Reminder, ...]:
    """Ask who was there an hour after the end, and once more a day before the deadline."""
    deadlines = [gate.by for step in sequence.steps for gate in step.gates if gate.kind is GateKind.PRESENCE]
    if not deadlines:
        return ()
    asking = Reminder(to_organizers("ask-presence", parse_rule("end + 1 h")))
    return (asking, Reminder(to_organizers("presence-due", deadlines[0]), lead=timedelta(days=1)))


def to_organizers(name: str, at: Rule) -> Step:
    """A step of our own: urgent, at any hour, sent again rather than doubted."""
    return Step(
        name=name,
        at=at,
        audience=Audience.ORGANIZERS,
        purpose=Purpose.ORGANIZERS,
        keep_for=timedelta(days=3),
        lane=Lane.URGENT,
        in_doubt=Doubt.AGAIN,
    )
