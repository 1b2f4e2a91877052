"""What is due, who holds it, and what became of it: leases, tokens, the gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from worker.domain.delivery import Claim, Opening, Settlement
from worker.domain.ledger import Entry, Policy
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.plan import Plan
from worker.domain.reason import Reason
from worker.domain.sequence import Lane

#: The answers of `settle` and of `open_gate`.
Turned = tuple[Mapping[MessageKey, bool], Mapping[MessageKey, Reason | None]]


class Schedule(Protocol):
    """Due times, leases, tokens and the ledger. Every method is one atomic step; a repeat of a call changes nothing."""

    def now(self) -> datetime:
        """The ledger's clock: Redis's, through its mapping."""

    def plan(self, plan: Plan, policies: Mapping[str, Policy], *, reason: Reason) -> int:
        """Make the unsent messages of an edition be exactly this plan; gives the new generation.

        What is in a worker's hands is taken out of them; what has passed the gate stays. A waiting message of
        the plan's steps that it does not name is skipped(not_on_list). Wanted again, a skipped one is scheduled.
        """

    def claim(self, lane: Lane, *, token: str, limit: int, lease: timedelta) -> tuple[Claim, ...]:
        """Take due messages of one edition in hand, as many as the relay may have; `lease` is real time.

        What is past its last good moment or barred by a suppression is skipped. A suspect comes alone. Where the
        relay's limits leave little, the urgent lane goes first.
        """

    def open_gate(
        self, openings: Sequence[Opening], *, lease: timedelta
    ) -> Mapping[MessageKey, Reason | None]:
        """Begin `sending`, durably, for each opening the ledger allows (None), or say why not. `lease` is real time."""

    def settle(self, settlements: Sequence[Settlement]) -> Mapping[MessageKey, bool]:
        """Record outcomes; False where the token no longer holds the message. A mail sent closes the breaker."""

    def turn(
        self, settlements: Sequence[Settlement], openings: Sequence[Opening], *, lease: timedelta
    ) -> Turned:
        """Settle one group, then open the gate of the next; for messages of one edition in one round trip."""

    def reap(self, *, limit: int = 500) -> tuple[Entry, ...]:
        """End the leases that ran out: claimed is due again (or dead, as poison), sending is in doubt."""

    def resolve(self, key: MessageKey, state: State, reason: Reason) -> bool:
        """End a doubt or bring back the dead: sent, bounced, or scheduled now. False when there is none."""

    def backlog(self, lane: Lane) -> int:
        """How many messages of the lane are due now in editions that may send."""

    def next_due(self, lane: Lane) -> datetime | None:
        """When the next message of the lane falls due, over all editions that may send."""

    def leap(self) -> datetime:
        """On a mapped clock with nothing due or in hand, jump to the next due moment. Gives the clock."""
