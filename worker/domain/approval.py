"""What an organizer let go, and what of a later plan may be written without asking again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from worker.domain.ledger import Record
from worker.domain.lifecycle import UNSENT
from worker.domain.message import MessageKey
from worker.domain.person import Presence
from worker.domain.plan import Decision, Plan, Unwanted, Wanted
from worker.domain.reason import Reason

#: True whatever the sequence says: with another sequence nothing else is dropped unasked.
_IN_ANY_SEQUENCE = frozenset(
    {
        *(Reason.SUPPRESSED, Reason.OPTED_OUT, Reason.ERASED, Reason.NO_CONSENT, Reason.NO_RECORD),
        *(Reason.UNINVITED, Reason.CALLED_OFF, Reason.NO_NEXT_EDITION),
    }
)


@dataclass(frozen=True, slots=True)
class Approval:
    """The sequence (its fingerprint), and who was on the list, with the presence each was known by.

    `version` is that of the list: the same one needs no second look.
    """

    sequence: str
    people: Mapping[str, Presence]
    version: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """From what was let go to what is now. `owed` are steps that ask nobody: they follow from what people did."""

    before: Approval
    now: Approval
    owed: Collection[str] = ()

    @property
    def is_of_the_sequence(self) -> bool:
        """Whether other steps, moments or hours are asked for now."""
        return self.before.sequence != self.now.sequence

    def leaves_alone(self, key: MessageKey) -> bool:
        """Whether this message would be the same without the change."""
        same = self.before.people.get(key.person) == self.now.people.get(key.person)
        return key.step_name in self.owed or (same and not self.is_of_the_sequence)


def approved_part(plan: Plan, records: Iterable[Record], change: Change) -> Plan:
    """Of this plan what needs no new yes.

    What waits goes on waiting for its moment; nobody's mail is added or moved by a change that nobody approved.
    """
    waiting = {
        record.key: Wanted(record.key, record.due, record.until, version=record.version)
        for record in records
        if record.state in UNSENT and record.due is not None
    }
    kept = [made for decision in plan.decisions for made in _kept(decision, waiting, change)]
    named = {decision.key for decision in kept}
    held = (one for one in waiting.values() if change.is_of_the_sequence and one.key not in named)
    return replace(plan, decisions=(*kept, *held))


def _kept(decision: Decision, waiting: Mapping[MessageKey, Wanted], change: Change) -> Iterator[Decision]:
    waits = waiting.get(decision.key)
    if change.leaves_alone(decision.key):
        yield decision
    elif isinstance(decision, Unwanted):
        if not (waits and change.is_of_the_sequence) or decision.reason in _IN_ANY_SEQUENCE:
            yield decision
    elif waits:
        yield replace(waits, version=decision.version)
