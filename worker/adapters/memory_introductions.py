"""Plans of introductions, wishes, exclusions and swaps in memory: the same promises as `redis_introductions`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from worker.adapters.memory_state import Memory
from worker.domain.introductions import Exclusion, IntroductionPlan, Pair, Place, Swap, pair
from worker.domain.person import Presence


class MemoryIntroductions:
    """`ports.introductions.Introductions` in memory."""

    memory: Memory

    def freeze_introductions(self, plan: IntroductionPlan) -> bool:
        """See the port."""
        return self.memory.introductions.setdefault(plan.edition, plan) is plan

    def mend_introductions(self, plan: IntroductionPlan) -> bool:
        """See the port."""
        stands = self.memory.introductions.get(plan.edition)
        if stands is None or stands.version != plan.version - 1:
            return False
        self.memory.introductions[plan.edition] = plan
        return True

    def introductions(self, edition_id: str) -> IntroductionPlan | None:
        """See the port."""
        return self.memory.introductions.get(edition_id)

    def places(self, edition_id: str, people: Iterable[str]) -> dict[str, Place] | None:
        """See the port."""
        plan = self.introductions(edition_id)
        if plan is None:
            return None
        return {person: plan.places[person] for person in people if person in plan.places}

    def suggested(self, editions: Iterable[str]) -> frozenset[Pair]:
        """See the port."""
        plans = (self.introductions(edition) for edition in editions)
        return frozenset(each for plan in plans if plan for each in plan.pairs)

    def attendances(self, editions: Iterable[str]) -> dict[str, frozenset[str]]:
        """See the port."""
        return {
            edition: frozenset(
                guest.person.id
                for guest in self.memory.guests.get(edition, {}).values()
                if guest.presence is Presence.PRESENT
            )
            for edition in editions
        }

    def wish(self, edition_id: str, person: str, other: str) -> None:
        """See the port."""
        self.memory.wishes.setdefault(edition_id, set()).add((person, other))

    def unwish(self, edition_id: str, person: str, other: str) -> bool:
        """See the port."""
        wished = self.memory.wishes.get(edition_id, set())
        known = (person, other) in wished
        wished.discard((person, other))
        return known

    def wishes(self, editions: Iterable[str]) -> frozenset[tuple[str, str]]:
        """See the port."""
        return frozenset(wish for edition in editions for wish in self.memory.wishes.get(edition, ()))

    def keep_apart(self, exclusion: Exclusion) -> bool:
        """See the port."""
        two, asked_by = exclusion.pair, exclusion.asked_by
        known = (two, asked_by) in self.memory.apart
        self.memory.apart.setdefault((two, asked_by), replace(exclusion, a=two[0], b=two[1]))
        return not known

    def let_meet(self, two: Pair, asked_by: str = "") -> bool:
        """See the port."""
        return self.memory.apart.pop((pair(*two), asked_by), None) is not None

    def exclusions(self) -> tuple[Exclusion, ...]:
        """See the port."""
        return tuple(sorted(self.memory.apart.values(), key=lambda one: (one.since, one.pair, one.asked_by)))

    def save_swaps(self, edition_id: str, swaps: Sequence[Swap]) -> None:
        """See the port."""
        self.memory.swaps[edition_id] = tuple(swaps)

    def swaps(self, edition_id: str) -> tuple[Swap, ...]:
        """See the port."""
        return self.memory.swaps.get(edition_id, ())
