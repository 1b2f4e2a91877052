"""Gatherings, and the plans that are drawn for them."""

from __future__ import annotations

import random

from worker.adapters.matching import RustworkxMatcher
from worker.domain.gathering import Attendee, Gathering
from worker.domain.introducing import draw
from worker.domain.introductions import IntroductionPlan

HEAVIEST = RustworkxMatcher().heaviest


SEED = "test"


def dice(seed: int) -> random.Random:
    """The same throws every time."""
    return random.Random(seed)  # noqa: S311 - invented people


def drawn(gathering: Gathering, names: int = 2, seed: str = SEED) -> IntroductionPlan:
    return draw(gathering, HEAVIEST, seed=seed, names=names)


def crowd(size: int, chance: random.Random, edition: str = "cafe-1") -> Gathering:
    """So many people as they come to a Café."""
    topics = [f"thème {number}" for number in range(20)]
    people = [
        Attendee(
            f"p{number:04d}",
            f"firme {chance.randrange(size)}",
            chance.choice(["santé", "droit", "énergie", "culture"]),
            tuple(chance.sample(topics, chance.randrange(5))),
            frozenset({"fr"}),
            str(number // 8),
            frozenset(chance.sample(["e1", "e2", "e3", "e4"], chance.randrange(5))),
        )
        for number in range(size)
    ]
    wishes = [(chance.choice(people).id, chance.choice(people).id) for _ in range(size)]
    return Gathering(edition, tuple(people), frozenset((a, b) for a, b in wishes if a != b))
