"""The schedule in memory: the same promises as the Redis one, for quick tests and dry runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from worker.adapters.memory_ledger import MemoryLedger
from worker.adapters.memory_planning import MemoryPlanning
from worker.adapters.memory_relay import MemoryRelay
from worker.adapters.memory_state import START, Kept, Memory
from worker.domain.campaign import Status
from worker.domain.delivery import POISON_AFTER, Claim, Opening, Settlement
from worker.domain.ledger import Entry
from worker.domain.lifecycle import TRANSITIONS, UNSENT, WAITING, State
from worker.domain.message import MessageKey
from worker.domain.pace import RelayLimits
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.ports import Turned


class MemorySchedule(MemoryPlanning, MemoryRelay, MemoryLedger):
    """`ports.Schedule` in memory, within the relay's limits."""

    def __init__(self, memory: Memory, limits: RelayLimits) -> None:
        """Share this memory with other workers."""
        MemoryPlanning.__init__(self, memory)
        MemoryRelay.__init__(self, memory, limits)

    def now(self) -> datetime:
        """As the test set it."""
        return self.memory.ledger

    def set_clock(self, moment: datetime | None) -> None:
        """Turn the ledger's clock."""
        self.memory.ledger = moment or self.memory.real

    def claim(self, lane: Lane, *, token: str, limit: int, lease: timedelta) -> tuple[Claim, ...]:
        """See the port."""
        if token in self.memory.claims:
            return self.memory.claims[token]
        if not self._is_known(self.witness.fresh_mark()):
            self.witness.refused(self.ledger())
            return ()
        room = self._room(lane, limit, urgent=len(self._due(Lane.URGENT)))
        due = self._due(lane)
        batch = self._batch([kept for kept in due if kept.key.edition == due[0].key.edition][:room])
        for kept in batch:
            kept.token, kept.lease, kept.alone = token, self.memory.real + lease, len(batch) == 1
            self.memory.move(kept, State.CLAIMED, Reason.DUE)
        claims = tuple(_claim(kept) for kept in batch)
        if claims:
            self.memory.claims[token] = claims
            self._book(token, len(claims))
        return claims

    def _due(self, lane: Lane) -> list[Kept]:
        found = [
            kept
            for kept in self.memory.messages.values()
            if kept.state in WAITING and kept.due is not None and kept.due <= self.memory.ledger
            if self.memory.policy(kept.key).lane == lane and self._may_send(kept.key.edition)
        ]
        return sorted(found, key=lambda kept: (kept.due, str(kept.key)))

    def _may_send(self, edition: str) -> bool:
        campaign = self.memory.campaign(edition)
        held = campaign.hold_until is not None and campaign.hold_until > self.memory.ledger
        return campaign.status is Status.ARMED and not held

    def _batch(self, due: Sequence[Kept]) -> list[Kept]:
        batch: list[Kept] = []
        for kept in due:
            if kept.until is not None and kept.until < self.memory.ledger:
                kept.due = None
                self.memory.move(kept, State.SKIPPED, Reason.EXPIRED)
            elif self.memory.is_barred(kept.key):
                kept.due = None
                self.memory.move(kept, State.SKIPPED, Reason.SUPPRESSED)
            elif not kept.suspect:
                batch.append(kept)
            elif not batch:
                return [kept]
        return batch

    def open_gate(self, openings: Sequence[Opening], *, lease: timedelta) -> dict[MessageKey, Reason | None]:
        """See the port."""
        if not self._is_known(self.witness.mark()):
            return dict.fromkeys((opening.claim.key for opening in openings), Reason.LEDGER_HELD)
        answers = {opening.claim.key: self._open(opening, lease) for opening in openings}
        passed = [key for key, reason in answers.items() if reason is None]
        self.memory.passages += len(passed)
        self.witness.passed(self.memory.passages, passed)
        return answers

    def _open(self, opening: Opening, lease: timedelta) -> Reason | None:
        kept = self.memory.messages.get(opening.claim.key)
        if kept and kept.state is State.SENDING and kept.token == opening.claim.token:
            return None
        hindrance = self._hindrance(kept, opening)
        if hindrance is None and kept is not None:
            kept.lease = self.memory.real + lease
            self.memory.move(kept, State.SENDING, Reason.GATE)
            self._pass(1)
            self._ration(opening).add(kept.key)
        return hindrance

    def _ration(self, opening: Opening) -> set[MessageKey]:
        """The mails that took from it; of none where it is not asked about."""
        if opening.ration is None:
            return set()
        return self.memory.given.setdefault((opening.ration.day, opening.claim.key.person), set())

    def _has_enough(self, opening: Opening) -> bool:
        given = self._ration(opening)
        return opening.ration is not None and len(given - {opening.claim.key}) >= opening.ration.mails

    def _hindrance(self, kept: Kept | None, opening: Opening) -> Reason | None:
        if kept is None or kept.token != opening.claim.token or kept.state is not State.CLAIMED:
            return Reason.LEASE_LOST
        now, campaign = self.memory.ledger, self.memory.campaign(kept.key.edition)
        checks: list[tuple[Callable[[], bool], Reason]] = [
            (lambda: kept.lease is None or kept.lease <= self.memory.real, Reason.LEASE_LOST),
            (lambda: kept.generation != campaign.generation, Reason.STALE),
            (lambda: campaign.status is Status.PAUSED or bool(self.memory.relay.paused), Reason.PAUSED),
            (lambda: campaign.status is not Status.ARMED, Reason.CANCELLED),
            (lambda: not self._may_send(kept.key.edition) or (kept.due or now) > now, Reason.STALE),
            (lambda: kept.until is not None and kept.until < now, Reason.EXPIRED),
            (lambda: opening.not_after is not None and opening.not_after < now, Reason.OUTSIDE_WINDOW),
            (
                lambda: any(map(self.memory.suppression, opening.suppressed_by)),
                Reason.SUPPRESSED,
            ),
            (lambda: self._has_enough(opening), Reason.ONE_A_DAY),
            (lambda: self._heed_clock().gate_room < 1, Reason.LIMITED),
        ]
        return next((reason for hinders, reason in checks if hinders()), None)

    def settle(self, settlements: Sequence[Settlement]) -> dict[MessageKey, bool]:
        """See the port."""
        if any(settlement.state is State.SENT for settlement in settlements):
            self.memory.relay_answered()
        answers = {settlement.claim.key: self._settle(settlement) for settlement in settlements}
        self.witness.settled(settlements)
        return answers

    def turn(
        self, settlements: Sequence[Settlement], openings: Sequence[Opening], *, lease: timedelta
    ) -> Turned:
        """See the port."""
        return self.settle(settlements), self.open_gate(openings, lease=lease)

    def _settle(self, settlement: Settlement) -> bool:
        kept, token = self.memory.messages.get(settlement.claim.key), settlement.claim.token
        if kept is None:
            return False
        if kept.state is settlement.state and token in (kept.token, kept.settled):
            return True
        if kept.reaped == token:
            kept.losses, kept.suspect, kept.reaped = max(kept.losses - 1, 0), False, ""
        held = kept.token == token and kept.state in {State.CLAIMED, State.SENDING, State.IN_DOUBT}
        spared = token in kept.doubted and _tells_of_earlier_try(kept, settlement.state)
        before = kept.state if held else None
        done = (held or spared) and self._record(kept, settlement)
        if done and before in {State.CLAIMED, State.SENDING}:
            self._give_back(settlement, before)
        return done

    def _record(self, kept: Kept, settlement: Settlement) -> bool:
        if settlement.state is State.IN_DOUBT:
            return self.memory.doubt(kept, settlement.reason, settlement.reply)
        kept.tries += settlement.state is State.DEFERRED
        if settlement.state in WAITING:
            kept.settled, due = settlement.claim.token, settlement.due or self.memory.ledger
            return self.memory.wait(kept, settlement.state, settlement.reason, due, settlement.reply)
        kept.due = None
        return self.memory.move(kept, settlement.state, settlement.reason, settlement.reply)

    def reap(self, *, limit: int = 500) -> tuple[Entry, ...]:
        """See the port."""
        late = [
            kept for kept in self.memory.messages.values() if kept.lease and kept.lease <= self.memory.real
        ]
        before = len(self.memory.entries)
        for kept in late[:limit]:
            self._release(kept)
        return tuple(self.memory.entries[before:])

    def _release(self, kept: Kept) -> None:
        if kept.state is State.SENDING:
            self.memory.doubt(kept, Reason.WORKER_LOST)
            return
        self._end_trial(kept.token)
        kept.losses += kept.alone
        kept.suspect, kept.reaped = True, kept.token
        if kept.losses >= POISON_AFTER:
            kept.token, kept.due = "", None
            self.memory.move(kept, State.DEAD, Reason.POISON)
        else:
            self.memory.wait(kept, State.SCHEDULED, Reason.LEASE_RAN_OUT, kept.due or self.memory.ledger)

    def resolve(self, key: MessageKey, state: State, reason: Reason) -> bool:
        """See the port."""
        kept = self.memory.messages.get(key)
        if kept is None or kept.state is None or state not in TRANSITIONS[kept.state]:
            return False
        if kept.state not in {State.IN_DOUBT, State.DEAD, State.SENT} and not _tells_of_earlier_try(
            kept, state
        ):
            return False
        if state not in WAITING:
            return self.memory.move(kept, state, reason, kept.reply)
        kept.losses, kept.suspect = 0, False
        kept.generation = self.memory.campaign(key.edition).generation
        return self.memory.wait(kept, state, reason, self.memory.ledger)

    def backlog(self, lane: Lane) -> int:
        """See the port."""
        return len(self._due(lane))

    def next_due(self, lane: Lane) -> datetime | None:
        """See the port."""
        waiting = (k for k in self.memory.messages.values() if k.state in WAITING and k.due)
        own = (k for k in waiting if self.memory.policy(k.key).lane == lane)
        sending = (k for k in own if self.memory.campaign(k.key.edition).status is Status.ARMED)
        holds = ((self.memory.campaign(k.key.edition).hold_until or START, k.due or START) for k in sending)
        return min((max(pair) for pair in holds), default=None)

    def leap(self) -> datetime:
        """See the port."""
        moments = [at for lane in Lane if (at := self.next_due(lane)) is not None]
        busy = any(kept.lease for kept in self.memory.messages.values())
        if moments and not busy:
            self.memory.ledger = max(self.memory.ledger, min(moments))
        return self.memory.ledger


def _tells_of_earlier_try(kept: Kept, after: State) -> bool:
    still_open = kept.state in UNSENT
    return bool(kept.doubted) and still_open and after in {State.SENT, State.BOUNCED}


def _claim(kept: Kept) -> Claim:
    due = kept.due or START
    return Claim(kept.key, kept.token, due, kept.until, kept.generation, kept.tries, kept.losses)
