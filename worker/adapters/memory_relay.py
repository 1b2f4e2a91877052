"""The relay's limits and troubles in memory: the same promises as `lua/pace.lua` and `redis_relay.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from worker.adapters.memory_state import START, Kept, Memory
from worker.domain import budget
from worker.domain.delivery import Settlement
from worker.domain.lifecycle import State
from worker.domain.pace import GATE_BURST, RelayLimits, pace
from worker.domain.reason import Reason
from worker.domain.relay import MOST_ABREAST, SLOT, TRIAL, Strain, breaker_wait
from worker.domain.relay_state import RelayState
from worker.domain.sequence import Lane
from worker.domain.slowdown import fewer, measured_rate, slower

_MS = timedelta(milliseconds=1)
_UNHEARD = frozenset({State.SCHEDULED, State.SKIPPED, State.DEAD})
_OF_THE_RELAY = frozenset({Reason.RELAY_DOWN, Reason.RELAY_PAUSED})


class MemoryRelay:
    """`ports.Relay` in memory. Stores on one `Memory` are workers side by side."""

    _due: Callable[[Lane], Sequence[Kept]]

    def __init__(self, memory: Memory, limits: RelayLimits) -> None:
        """Hold all workers on this memory to these limits."""
        self.memory, self._limits = memory, limits

    def relay_failed(self) -> timedelta:
        """See the port."""
        known = self.relay_state()
        if known.closed_for and not known.trial:
            return known.closed_for
        wait = breaker_wait(known.failures + 1)
        self._know(failures=known.failures + 1, closed_until=known.now + wait / _MS, trial="")
        return wait

    def relay_answered(self) -> None:
        """See the port."""
        self.memory.relay_answered()

    def relay_strained(self, strain: Strain, because: str) -> bool:
        """See the port."""
        known, before = self.relay_state(), self.memory.relay
        if strain is Strain.RATE:
            limit, measured = self._limits.per_second, measured_rate(self.memory.passed, known.now)
            slowdown = slower(
                known.slowdown, configured=limit, measured=measured, now=known.now, because=because
            )
            self._know(slowdown=slowdown)
        else:
            limit = self._limits.connections
            self._know(fewer=fewer(known.fewer, configured=limit, used=known.lines, now=known.now))
        return self.memory.relay != before

    def relay_state(self) -> RelayState:
        """See the port."""
        now = self._now()
        lines = sum(_counts(end, now) for end in self.memory.slots.values())
        return replace(self.memory.relay, limits=self._limits, now=now, lines=lines)

    def relay_lines(self, wanted: int) -> int:
        """See the port."""
        known = self.relay_state()
        if not known.limits.connections:
            return wanted
        self._leave_slots(2)
        granted = 1 + max(0, min(wanted - 1, self._free()))
        self.memory.slots |= dict.fromkeys(
            ((id(self), number) for number in range(2, granted + 1)), known.now + SLOT / _MS
        )
        return granted

    def leave_relay(self) -> None:
        """See the port."""
        self._leave_slots(1)

    def _leave_slots(self, first: int) -> None:
        for number in range(first, MOST_ABREAST + 1):
            self.memory.slots.pop((id(self), number), None)

    def _free(self) -> int:
        """Connections that nobody has, needs for what is urgent, or waits for."""
        known = self.relay_state()
        crowded = abs(known.now - self.memory.crowded) < SLOT / _MS
        return 0 if crowded else known.lines_allowed - known.lines - bool(self._due(Lane.URGENT))

    def pause_relay(self, because: str) -> bool:
        """See the port."""
        first = not self.memory.relay.paused
        self._know(paused=self.memory.relay.paused or because)
        return first

    def resume_relay(self) -> bool:
        """See the port."""
        was = bool(self.memory.relay.paused)
        self._know(paused="")
        self.relay_answered()
        return was

    def _now(self) -> float:
        return (self.memory.real - START) / _MS + START.timestamp() * 1000

    def _know(self, **changes: object) -> None:
        self.memory.relay = replace(self.memory.relay, **changes)  # type: ignore[arg-type]

    def _room(self, lane: Lane, wanted: int, urgent: int) -> int:
        """How many messages of a lane may be claimed now; `urgent` is how many of the other lane wait."""
        known = self._heed_clock()
        if known.paused or known.closed_for:
            return 0
        ahead = urgent if lane is Lane.CAMPAIGN else 0
        room = known.room - wanted if ahead and known.room < 2 * wanted else known.room
        if room < 1 or not self._may_connect(known, ahead):
            return 0
        return 1 if known.failures else int(min(room, wanted))

    def _heed_clock(self) -> RelayState:
        known = self.relay_state()
        if known.rate:
            claims, gates = pace(known.rate), pace(known.rate, GATE_BURST)
            self._know(paced=claims.heed(known.paced, known.now), passed=gates.heed(known.passed, known.now))
        return self.relay_state()

    def _may_connect(self, known: RelayState, ahead: int) -> bool:
        if not known.limits.connections:
            return True
        held = _counts(self.memory.slots.get((id(self), 1), 0.0), known.now)
        used = known.lines + (not held)
        if used < known.lines_allowed or (used == known.lines_allowed and not ahead):
            return True
        self.leave_relay()
        self.memory.crowded = known.now
        return False

    def _book(self, token: str, letters: int) -> None:
        """Count these letters as claimed."""
        known = self.relay_state()
        if known.rate:
            self._know(paced=pace(known.rate).spend(known.paced, known.now, letters))
        if known.limits.connections:
            self.memory.slots[id(self), 1] = known.now + SLOT / _MS
        if known.failures:
            self._know(trial=token, closed_until=known.now + TRIAL / _MS)

    def _pass(self, letters: int) -> None:
        """Count these letters as past the gate; a negative number takes letters back."""
        known = self.relay_state()
        self.memory.passed += [known.now] * letters
        if known.rate:
            self._know(passed=pace(known.rate, GATE_BURST).spend(known.passed, known.now, letters))
        if known.limits.per_day:
            self._know(spent=budget.spend(known.spent, known.now, letters))

    def _give_back(self, settlement: Settlement, before: State | None) -> None:
        """What the relay never heard of does not count for its limits."""
        if settlement.state not in _UNHEARD or settlement.reason in _OF_THE_RELAY:
            return
        known = self.relay_state()
        if known.rate:
            self._know(paced=pace(known.rate).spend(known.paced, known.now, -1))
        if before is State.SENDING:
            self._pass(-1)
        self._end_trial(settlement.claim.token)

    def _end_trial(self, token: str) -> None:
        """The trial letter never got to the relay: another may try at once."""
        known = self.relay_state()
        if known.trial == token:
            self._know(trial="", closed_until=known.now)


def _counts(slot_ends: float, now: float) -> bool:
    return now < slot_ends <= now + SLOT / _MS
