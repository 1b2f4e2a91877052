"""A plan as a value: who gets what and when, who gets nothing and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from worker.domain.message import MessageKey
from worker.domain.reason import Reason


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message to send at `due` (UTC) or at the latest `until`; `waiting_for` names a gate not yet open.

    `version` is that of the invitation which a mail composed under this plan carries; `because` is why it is due
    then, where that is more than the rule of its step.
    """

    key: MessageKey
    due: datetime
    until: datetime | None = None
    waiting_for: Reason | None = None
    version: int = 0
    because: Reason | None = None


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A message that will not be sent, and the reason."""

    key: MessageKey
    reason: Reason


Decision = Wanted | Unwanted


@dataclass(frozen=True, slots=True)
class Plan:
    """Decisions about one edition, one per (step, person).

    `steps` are those it speaks for in full: a waiting message of one of them that it does not name is dropped.
    `since` is the generation it was drawn from: the ledger refuses it once another plan came. None: always taken.
    Without any it only adds or drops what it names, and the campaign's generation stays.
    """

    edition: str
    decisions: tuple[Decision, ...]
    steps: frozenset[str] = frozenset()
    since: int | None = None

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The messages to send."""
        return tuple(d for d in self.decisions if isinstance(d, Wanted))

    @property
    def unwanted(self) -> tuple[Unwanted, ...]:
        """The messages not to send."""
        return tuple(d for d in self.decisions if isinstance(d, Unwanted))

    def counts(self) -> dict[str, int]:
        """How many messages each step will send."""
        return dict(Counter(wanted.key.step for wanted in self.wanted))


def of_person(decisions: Iterable[Decision], person: str) -> tuple[Decision, ...]:
    """The decisions about one person, in the order of the plan."""
    return tuple(decision for decision in decisions if decision.key.person == person)
