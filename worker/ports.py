"""What the services ask of the world. Each has a twin in memory that passes the same contract tests.

All moments are aware UTC datetimes on the ledger's clock, unless a docstring says "real time".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from worker.domain.campaign import Campaign
from worker.domain.delivery import Claim, Opening, Settlement
from worker.domain.edition import Edition
from worker.domain.facts import Facts
from worker.domain.ledger import Entry, LedgerMark, Policy, Record
from worker.domain.lifecycle import State
from worker.domain.message import Letter, MessageKey
from worker.domain.notice import Notice
from worker.domain.person import Guest
from worker.domain.plan import Plan
from worker.domain.reason import Reason
from worker.domain.relay import Strain
from worker.domain.relay_state import RelayState
from worker.domain.reply import Reply
from worker.domain.sequence import Lane
from worker.domain.stall import Pulse
from worker.domain.suppression import Suppression
from worker.mailroom import Answers

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

        A suspect comes alone. Where the relay's limits leave little, the urgent lane goes first.
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


class Ledger(Protocol):
    """The ledger as a whole: one that is older than what was sent must not send."""

    def ledger(self) -> LedgerMark:
        """Which one, how far, and whether it is held."""

    def hold_ledger(self, because: str) -> bool:
        """No claim and no gate, on any machine, until it is released; False when it was held already."""

    def release_ledger(self, sequence: int) -> None:
        """Send again; at least so many passages were made."""

    def reconcile(self, findings: Mapping[MessageKey, State]) -> int:
        """Bring messages to where they were found to be: sent, bounced, in doubt. Gives how many moved."""


class Campaigns(Protocol):
    """The organizers' decisions, and questions about messages."""

    def campaign(self, edition: str) -> Campaign:
        """The campaign of an edition; a draft when nothing was ever decided."""

    def editions_ever(self) -> tuple[str, ...]:
        """Editions that ever had a plan or a decision."""

    def editions_at_work(self) -> tuple[str, ...]:
        """Editions whose campaign was ever armed and is not cancelled."""

    def steer(self, campaign: Campaign, *, after: Campaign | None = None) -> bool:
        """Record status, hold, end and cause; a paused or cancelled one leaves the schedule. False when not `after`."""

    def records(self, edition: str) -> tuple[Record, ...]:
        """Every message of an edition as it is now."""

    def counts(self, edition: str) -> Mapping[tuple[str, State], int]:
        """Messages per (step, state); they always sum to the plan."""

    def entries(self, edition: str, person: str | None = None) -> Iterator[Entry]:
        """The ledger of an edition, oldest first."""

    def pulse(self) -> Pulse:
        """Live leases (real time) and the last move, of all editions."""


class Directory(Protocol):
    """Editions and the people on their lists."""

    def save_edition(self, edition: Edition) -> None:
        """Keep this snapshot; workers compose from it."""

    def edition(self, edition_id: str) -> Edition | None:
        """The last snapshot, or None."""

    def editions(self, series: str) -> tuple[Edition, ...]:
        """All editions of a series in order of their number."""

    def save_guests(self, edition_id: str, guests: Iterable[Guest]) -> None:
        """Add these guests or replace them by person id; nobody is removed."""

    def guests(self, edition_id: str, people: Iterable[str] | None = None) -> Mapping[str, Guest]:
        """The guests by person id: all of the list, or only those asked for."""

    def earlier_visits(self, edition_id: str, people: Iterable[str]) -> Mapping[str, int]:
        """At how many earlier editions of the same series each person was present."""

    def save_pairs(self, edition_id: str, partners: Mapping[str, tuple[str, ...]]) -> None:
        """Freeze who is introduced to whom; replaces the edition's pairs."""

    def uninvite(self, edition_id: str, person: str, at: datetime) -> None:
        """Take back this person's invitation to the edition's next Café; the first moment stands."""

    def uninvited(self, edition_id: str) -> Mapping[str, datetime]:
        """Whose invitation was taken back, and when."""

    def pairs(self, edition_id: str) -> Mapping[str, tuple[str, ...]]:
        """Who is introduced to whom in an edition."""


class Suppressions(Protocol):
    """Addresses we must not write to."""

    def suppress(self, suppression: Suppression) -> None:
        """From the next gate on, nothing in its scope leaves. What stands is kept unless this one outweighs it."""

    def lift(self, fingerprint: str, scope: str) -> bool:
        """Take one back; False when there was none."""

    def standing(self, fields: Iterable[str]) -> Mapping[str, Suppression]:
        """Which of these suppressions (`domain.suppression.scopes`) stand, by field."""


class Notices(Protocol):
    """What waits for a person's decision."""

    def raise_notice(self, notice: Notice) -> Notice | None:
        """Keep and number it; None when the same one (edition and kind) is already open."""

    def close_notice(self, edition: str, kind: str) -> bool:
        """It needs nobody any more; False when it was not open."""

    def open_notices(self) -> tuple[Notice, ...]:
        """All open ones, oldest first."""


class Relay(Protocol):
    """What all workers know together about the relay; claims and gates obey it. A store is one worker on one line."""

    def relay_failed(self) -> timedelta:
        """Nobody claims for the wait this gives (5 s, 15, 60, 300; failures meanwhile are the same one).

        After it one worker gets one letter as a trial; the others wait for its outcome, at most `domain.relay.TRIAL`.
        """

    def relay_answered(self) -> None:
        """Forget earlier failures."""

    def relay_strained(self, strain: Strain, because: str) -> bool:
        """It asked for less: halve the pace or the connections; False for an echo, or with nothing to halve."""

    def relay_state(self) -> RelayState:
        """Everything known of it now."""

    def leave_relay(self) -> None:
        """Give back this worker's place among the parallel connections: its line is closed."""

    def pause_relay(self, because: str) -> bool:
        """No claim until it is resumed; False when it was paused already."""

    def resume_relay(self) -> bool:
        """Claims go on; False when it was not paused."""


class Store(Schedule, Ledger, Campaigns, Directory, Suppressions, Notices, Relay, Answers, Protocol):
    """Everything kept in the ledger's Redis."""


#: Asked with a group of letters before the relay hears of the first; gives those that may be handed over.
Gate = Callable[[Sequence[Letter]], frozenset[MessageKey]]


class Line(Protocol):
    """One open connection to the relay."""

    def submit(self, letters: Sequence[Letter], gate: Gate) -> Iterator[tuple[Letter, Reply]]:
        """Hand letters over in groups, one reply for each; refusals and lost lines are replies, not exceptions.

        A group passes the gate together, once all letters of the group before have their replies. After a lost line
        or a relay that refuses us the remaining letters are not tried; nor are those for which, after their gate,
        no time is left. A letter without a reply was not handed over: its final dot never left.
        """


class Transport(Protocol):
    """The way to the relay."""

    def connect(self) -> AbstractContextManager[Line | Reply]:
        """An open, authenticated line, or the reply that says why there is none; it may be kept for the next round."""

    def hang_up(self) -> None:
        """Say goodbye on a line that was kept; never raises."""


class Composer(Protocol):
    """Facts to bytes."""

    def compose(self, key: MessageKey, facts: Facts, at: datetime) -> Letter:
        """The letter for this key, dated `at`; the same facts give the same bytes. Raises ComposeFailed."""
