"""A plan of introductions in numbers: whom it serves, what it avoids, whether names are shared out evenly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from worker.domain.introductions import Ground, IntroductionPlan, Rung


@dataclass(frozen=True, slots=True)
class Figures:
    """`exposure` says how many people are named to how many others; shares are of all introductions, from 0 to 1."""

    people: int
    named: int
    rungs: Mapping[Rung, int]
    introductions: int
    exposure: Mapping[int, int]
    repeats_avoided: int
    other_sector: float
    shared_interest: float
    never_crossed: float


def figures(plan: IntroductionPlan, told_before: int) -> Figures:
    """`told_before` pairs are here again and were suggested in another edition."""
    places = plan.places.values()
    rungs = Counter(place.rung for place in places)
    return Figures(
        people=len(places),
        named=sum(bool(place.suggestions) for place in places),
        rungs={rung: rungs[rung] for rung in Rung},
        introductions=len(plan.suggestions),
        exposure=dict(sorted(Counter(len(place.suggestions) for place in places).items())),
        repeats_avoided=told_before,
        other_sector=_share(plan, Ground.OTHER_SECTOR),
        shared_interest=_share(plan, Ground.SHARED_INTEREST),
        never_crossed=_share(plan, Ground.NEVER_CROSSED),
    )


def _share(plan: IntroductionPlan, ground: Ground) -> float:
    with_it = sum(ground in suggestion.grounds for suggestion in plan.suggestions)
    return round(with_it / len(plan.suggestions), 3) if plan.suggestions else 0.0
