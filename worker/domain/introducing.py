"""From who was there to a plan of introductions: matched, swapped by hand, attached, and the host for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from worker.domain.attaching import attached
from worker.domain.candidates import possible
from worker.domain.gathering import Gathering
from worker.domain.introductions import IntroductionPlan, Swap, pair
from worker.domain.rounds import NAMES, Heaviest, matched
from worker.domain.swapping import swapped
from worker.domain.ties import Ties


def draw(
    gathering: Gathering, heaviest: Heaviest, *, seed: str, swaps: Sequence[Swap] = (), names: int = NAMES
) -> IntroductionPlan:
    """The plan: the same for the same facts, in whatever order and on whatever machine.

    Everybody whom anybody may be introduced to has a name, `names` at most; a third only where somebody would have
    none without it. The others are hosted by the organizer.
    """
    ties = Ties(gathering, seed)
    made = matched(possible(ties), heaviest, names)
    for swap in swaps:
        made = swapped(ties, made, swap, names)
    parted = frozenset(pair(swap.person, swap.dropped) for swap in swaps)
    apart = Ties(replace(gathering, apart=gathering.apart | parted), seed)
    return planned(ties, made, attached(apart, made, range(len(ties.people))))


def planned(
    ties: Ties, rounds: Mapping[tuple[int, int], int], pairs: Iterable[tuple[int, int]]
) -> IntroductionPlan:
    """These pairs as a plan; those that no round made were attached."""
    suggestions = tuple(ties.suggestion(a, b, rounds.get((a, b), 0)) for a, b in sorted(pairs))
    named = {person for suggestion in suggestions for person in suggestion.pair}
    return IntroductionPlan(ties.gathering.edition, suggestions, frozenset(ties.people) - named)
