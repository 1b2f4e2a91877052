"""What a memory store knows, and the one way a message moves in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from worker.domain.answer import Answer
from worker.domain.approval import Approval
from worker.domain.campaign import Campaign, Status
from worker.domain.change import Seat
from worker.domain.consent import Statement
from worker.domain.consent_chain import Link, Sealed
from worker.domain.delivery import Claim
from worker.domain.dialogue import Voice
from worker.domain.edition import Edition
from worker.domain.forwarded import Original
from worker.domain.inbound import Aside
from worker.domain.introductions import Exclusion, IntroductionPlan, Pair, Swap
from worker.domain.ledger import Entry, Policy
from worker.domain.life import Part
from worker.domain.lifecycle import IN_HAND, TRANSITIONS, WAITING, State
from worker.domain.message import MessageKey
from worker.domain.notice import Notice
from worker.domain.own_draft import OwnDraft
from worker.domain.person import Guest
from worker.domain.portrait import Portrait
from worker.domain.reason import Reason
from worker.domain.refusals import Lift
from worker.domain.relay_state import RelayState
from worker.domain.rest import Rest
from worker.domain.sequence import Doubt, Lane
from worker.domain.suppression import Suppression
from worker.domain.unclear import UnclearName
from worker.mail.fingerprint import person_id

#: When a memory store begins, unless a test turns its clocks.
START = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)


@dataclass(slots=True)
class Kept:
    """A message as the memory store holds it."""

    key: MessageKey
    state: State | None = None
    due: datetime | None = None
    until: datetime | None = None
    reason: Reason = Reason.PLANNED
    generation: int = 0
    tries: int = 0
    losses: int = 0
    doubts: int = 0
    doubted: set[str] = field(default_factory=set)
    reply: str = ""
    token: str = ""
    version: int = 0
    then_version: int = 0
    settled: str = ""
    reaped: str = ""
    alone: bool = False
    suspect: bool = False
    lease: datetime | None = None


@dataclass
class Memory:
    """All that a memory store knows; one object shared by its rooms. `real` and `ledger` are clocks tests turn."""

    real: datetime = START
    ledger: datetime = START
    messages: dict[MessageKey, Kept] = field(default_factory=dict)
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    approvals: dict[str, Approval] = field(default_factory=dict)
    policies: dict[tuple[str, str], Policy] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    counts: Counter[tuple[str, str, State]] = field(default_factory=Counter)
    suppressions: dict[str, Suppression] = field(default_factory=dict)
    lifted: dict[str, Lift] = field(default_factory=dict)
    consent_chain: list[Link] = field(default_factory=list)
    consent_records: dict[str, Sealed] = field(default_factory=dict)
    consents: dict[str, Statement] = field(default_factory=dict)
    wordings: dict[str, str] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    guests: dict[str, dict[str, Guest]] = field(default_factory=dict)
    list_changes: Counter[str] = field(default_factory=Counter)
    introductions: dict[str, IntroductionPlan] = field(default_factory=dict)
    wishes: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    swaps: dict[str, tuple[Swap, ...]] = field(default_factory=dict)
    apart: dict[tuple[Pair, str], Exclusion] = field(default_factory=dict)
    answers: dict[tuple[str, str], list[Answer]] = field(default_factory=dict)
    uninvited: dict[str, dict[str, Seat]] = field(default_factory=dict)
    aside: dict[str, Aside] = field(default_factory=dict)
    originals: dict[int, Original] = field(default_factory=dict)
    original_numbers: dict[str, int] = field(default_factory=dict)
    voices: dict[str, dict[str, Voice]] = field(default_factory=dict)
    portraits: dict[str, dict[str, dict[str, Portrait]]] = field(default_factory=dict)
    rests: dict[str, dict[str, Rest]] = field(default_factory=dict)
    drafts: dict[MessageKey, OwnDraft] = field(default_factory=dict)
    unclear: dict[str, dict[str, UnclearName]] = field(default_factory=dict)
    notices: dict[tuple[str, str], Notice] = field(default_factory=dict)
    notice_number: int = 0
    life: dict[tuple[Part, str], tuple[datetime, tuple[str, ...]]] = field(default_factory=dict)
    given: dict[tuple[str, str], set[MessageKey]] = field(default_factory=dict)
    ledger_id: str = "memory"
    passages: int = 0
    held: str = ""
    mistaken_by: set[str] = field(default_factory=set)
    claims: dict[str, tuple[Claim, ...]] = field(default_factory=dict)
    relay: RelayState = field(default_factory=RelayState)
    slots: dict[tuple[int, int], float] = field(default_factory=dict)
    crowded: float = 0.0
    passed: list[float] = field(default_factory=list)

    def campaign(self, edition: str) -> Campaign:
        """The campaign, or a draft."""
        return self.campaigns.get(edition, Campaign(edition))

    def suppression(self, name: str) -> Suppression | None:
        """The suppression of this field, while it stands."""
        found = self.suppressions.get(name)
        return found if found and found.stands_at(self.ledger) else None

    def is_barred(self, key: MessageKey) -> bool:
        """Whether a suppression keeps this message from its person."""
        prints = (s.fingerprint for s in self.suppressions.values() if person_id(s.fingerprint) == key.person)
        scopes = self.policy(key).barred_by
        return any(self.suppression(f"{printed}/{scope}") for printed in prints for scope in scopes)

    def relay_answered(self) -> None:
        """The breaker starts anew."""
        self.relay = replace(self.relay, failures=0, closed_until=0.0, trial="")

    def policy(self, key: MessageKey) -> Policy:
        """The step's policy, or the quiet default."""
        return self.policies.get((key.edition, key.step_name), Policy(Lane.CAMPAIGN, Doubt.HOLD))

    def move(self, kept: Kept, after: State, reason: Reason, reply: str = "") -> bool:
        """The one way a message changes state here."""
        before = kept.state
        if before is not None and after not in TRANSITIONS[before]:
            return False
        kept.state, kept.reason, kept.reply = after, reason, reply
        kept.lease = kept.lease if after in IN_HAND else None
        self.messages[kept.key] = kept
        if before is not None:
            self.counts[kept.key.edition, kept.key.step, before] -= 1
        self.counts[kept.key.edition, kept.key.step, after] += 1
        due = kept.due if after in WAITING else None
        self.entries.append(Entry(kept.key, self.ledger, before, after, reason, reply, due))
        return True

    def wait(self, kept: Kept, after: State, reason: Reason, due: datetime, reply: str = "") -> bool:
        """Back into the schedule."""
        if kept.state is not None and after not in TRANSITIONS[kept.state]:
            return False
        kept.due, kept.token, kept.alone = due, "", False
        kept.version, kept.then_version = kept.then_version or kept.version, 0
        self.move(kept, after, reason, reply)
        if self.campaign(kept.key.edition).status is Status.CANCELLED:
            kept.due = None
            self.move(kept, State.SKIPPED, Reason.CANCELLED, reply)
        return True

    def doubt(self, kept: Kept, reason: Reason, reply: str = "") -> bool:
        """In doubt, and due again where the step's rule says so (three times at most)."""
        if not self.move(kept, State.IN_DOUBT, reason, reply):
            return False
        kept.doubts += 1
        kept.doubted.add(kept.token)
        if self.policy(kept.key).doubt is Doubt.AGAIN and kept.doubts <= 3:
            return self.wait(kept, State.SCHEDULED, Reason.AGAIN, self.ledger, reply)
        return True
