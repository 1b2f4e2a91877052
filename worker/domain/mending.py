"""A frozen plan after people left or came: their pairs go along, and only those left without a name are attached."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from worker.domain.attaching import attached
from worker.domain.gathering import Gathering
from worker.domain.introductions import IntroductionPlan, Suggestion
from worker.domain.ties import Ties


def mended(
    plan: IntroductionPlan, gathering: Gathering, written: Collection[str], *, seed: str
) -> IntroductionPlan:
    """The plan for the people who are here now.

    Nothing changes for `written` people: their mail has left. A pair of which one side was written to stays, as what
    was said; everybody else's pairs stay where both are here and nothing forbids them. Whoever has no name then is
    attached to somebody with room, or hosted.
    """
    ties = Ties(replace(gathering, told=gathering.told | plan.pairs), seed)
    stays = tuple(one for one in plan.suggestions if _stays(one, gathering, written))
    numbers = ties.number
    made = {(numbers[one.a], numbers[one.b]) for one in stays if one.a in numbers and one.b in numbers}
    free = [number for person, number in numbers.items() if person not in written]
    joined = attached(ties, made, free)
    kept = tuple(one for one in stays if not _undone(one, numbers, joined))
    new = tuple(ties.suggestion(a, b, 0) for a, b in sorted(joined - made))
    named = {person for one in (*kept, *new) for person in one.pair}
    hosted = (frozenset(numbers) | (plan.hosted & frozenset(written))) - named
    return replace(plan, suggestions=(*kept, *new), hosted=hosted)


def _stays(one: Suggestion, gathering: Gathering, written: Collection[str]) -> bool:
    if one.a in written or one.b in written:
        return True
    return one.a in gathering.by_id and one.b in gathering.by_id and one.pair not in gathering.apart


def _undone(one: Suggestion, numbers: dict[str, int], joined: set[tuple[int, int]]) -> bool:
    """A name that was handed on to somebody who had none."""
    if one.a not in numbers or one.b not in numbers:
        return False
    return (numbers[one.a], numbers[one.b]) not in joined
