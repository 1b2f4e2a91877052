"""Who met whom, who was told of whom, what people wish for, and the frozen plan of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from worker.domain.introductions import Exclusion, IntroductionPlan, Pair, Place, Swap


class Introductions(Protocol):
    """The memory of introductions, over all editions."""

    def freeze_introductions(self, plan: IntroductionPlan) -> bool:
        """Keep this plan, whole and durably, unless the edition has one already (False): the first one stands."""

    def mend_introductions(self, plan: IntroductionPlan) -> bool:
        """Replace the frozen plan by its next version; False when another one than `plan.version - 1` stands."""

    def introductions(self, edition_id: str) -> IntroductionPlan | None:
        """The frozen plan of an edition, or None while there is none."""

    def places(self, edition_id: str, people: Iterable[str]) -> Mapping[str, Place] | None:
        """The places of these people in the frozen plan; who has none is left out. None while nothing is frozen."""

    def suggested(self, editions: Iterable[str]) -> frozenset[Pair]:
        """Everybody who was told of each other in the frozen plans of these editions."""

    def attendances(self, editions: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """By edition, who was there."""

    def wish(self, edition_id: str, person: str, other: str) -> None:
        """Keep that this person would like to see the other again ("à revoir"); saying it again changes nothing."""

    def unwish(self, edition_id: str, person: str, other: str) -> bool:
        """Take it back; False when it was not wished."""

    def wishes(self, editions: Iterable[str]) -> frozenset[tuple[str, str]]:
        """All (person, other) wished in these editions."""

    def keep_apart(self, exclusion: Exclusion) -> bool:
        """Never introduce these two, in no edition; False when the same one asked it before."""

    def let_meet(self, two: Pair, asked_by: str = "") -> bool:
        """Take an exclusion back; False when this one never asked it. What the other asked stands."""

    def exclusions(self) -> tuple[Exclusion, ...]:
        """All of them, oldest first."""

    def save_swaps(self, edition_id: str, swaps: Sequence[Swap]) -> None:
        """The organizer's swaps of an edition, in their order; replaces them."""

    def swaps(self, edition_id: str) -> tuple[Swap, ...]:
        """The organizer's swaps, in their order."""


class Matcher(Protocol):
    """Solves the matching problem exactly."""

    def heaviest(self, edges: Sequence[tuple[int, int, int]]) -> frozenset[tuple[int, int]]:
        """Of (a, b, weight), a < b: as many pairs as possible with nobody in two, and of these the heaviest."""
