"""What plans of introductions are worth over a season: rules, coverage, evenness, and worth over a certified bound."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from tests.bench.nudges import plan_series, plans
from tests.domain.season import season
from tests.domain.umpire import Verdict, bound, judged
from worker.domain.introductions import SPECIFIC


def judged_season(people: int, editions: int, seed: int) -> Verdict:
    drawn = season(people, editions, seed)
    return judged(drawn, plan_series(drawn))


def share(marks: list[bool]) -> float:
    return sum(marks) / len(marks)


def holds(verdict: Verdict) -> None:
    """What holds for every season, whatever its size."""
    assert verdict.broken == []
    assert verdict.worst_coverage == 1.0
    assert verdict.most_names <= 2
    assert all(verdict.newcomers)
    assert max(verdict.unevenness) <= 0.05


@pytest.mark.parametrize("seed", [1, 2])
def test_forty_people_over_a_long_season(seed: int) -> None:
    verdict = judged_season(40, 16, seed)

    holds(verdict)
    assert verdict.over_bound >= 0.96
    assert share(verdict.wishes) >= 0.93
    assert share(verdict.other_sector) >= 0.85
    assert share(verdict.shared_interest) >= 0.6
    assert share(verdict.never_crossed) >= 0.8


def test_two_hundred_people() -> None:
    verdict = judged_season(200, 3, 3)

    holds(verdict)
    assert verdict.over_bound >= 0.985
    assert share(verdict.wishes) >= 0.93


def test_four_hundred_and_some_people_of_whom_only_promising_pairs_are_looked_at() -> None:
    verdict = judged_season(580, 1, 4)

    holds(verdict)
    assert verdict.over_bound >= 0.985


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", [5, 6])
def test_a_thousand_people(seed: int) -> None:
    verdict = judged_season(1000, 3, seed)

    holds(verdict)
    assert verdict.over_bound >= 0.985
    assert share(verdict.wishes) >= 0.93


def test_nine_of_ten_introductions_have_a_reason_of_their_own() -> None:
    made = [one for plan in plans(season(40, 8, 7)) for one in plan.suggestions]

    assert all(one.grounds for one in made)
    assert share([not SPECIFIC.isdisjoint(one.grounds) for one in made]) >= 0.9


def test_replayed_from_any_edition_on_the_stored_plans_come_again() -> None:
    whole = season(40, 6, 8)
    known = plan_series(whole)

    for length in range(1, 6):
        begun = {"editions": [_shuffled(edition) for edition in whole["editions"][:length]]}
        assert plan_series(begun) == {name: known[name] for name in list(known)[:length]}


def _shuffled(edition: dict[str, Any]) -> dict[str, Any]:
    rows = list(edition["attendees"])
    random.Random(edition["edition"]).shuffle(rows)  # noqa: S311 - any other order will do
    return edition | {"attendees": rows}


def test_the_bound_is_above_the_best_plan_and_near_it() -> None:
    dice = np.random.default_rng(9)
    for _ in range(20):
        worth = np.triu(dice.integers(0, 1000, (6, 6)), 1)
        worth = worth + worth.T - 10**7 * np.eye(6, dtype=np.int64)
        pairs = list(combinations(range(6), 2))
        best = max(
            sum(worth[two] for two in chosen)
            for size in range(1, 7)
            for chosen in combinations(pairs, size)
            if all(sum(one in two for two in chosen) <= 2 for one in range(6))
        )

        assert best <= bound(worth, 2) <= best * 1.15 + 20


def test_the_umpire_sees_what_is_wrong() -> None:
    drawn = season(40, 1, 10)
    [(name, right)] = plan_series(drawn).items()
    one = min(right)

    assert judged(drawn, {name: right}).broken == []
    assert judged(drawn, {name: right | {one: []}}).broken == ["not mutual"]
    assert judged(drawn, {name: right | {one: [one]}}).broken
    assert judged(drawn, {name: right | {one: [*right[one], "p99999"]}}).broken
    assert judged(drawn, {name: {person: [] for person in right}}).worst_coverage == 0.0
