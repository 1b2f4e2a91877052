"""Introductions for a whole series: edition after edition, each knowing what was said in those before.

    python tests/bench/nudges.py SERIES.json > PLAN.json

SERIES is {"editions": [{"edition": …, "attendees": [{"id", "status", "consent_intro", "org", "sector", "interests",
"languages", "excludes", "table", "wishes"}]}]}; PLAN is {edition: {attendee: [ids named to them, in order]}}. Only
who is "present" and consents is introduced. Seconds and megabytes go to standard error.
"""

from __future__ import annotations

import json
import resource
import sys
from collections import defaultdict
from pathlib import Path
from time import perf_counter
from typing import Any

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from worker.adapters.matching import RustworkxMatcher
from worker.domain.gathering import Attendee, Gathering
from worker.domain.introducing import draw
from worker.domain.introductions import IntroductionPlan, Pair, pair

#: Any word: another one draws other lots.
SEED = "bench"


def plan_series(series: dict[str, Any], seed: str = SEED) -> dict[str, dict[str, list[str]]]:
    """What each mail of each edition names."""
    return {plan.edition: _as_mailed(plan) for plan in plans(series, seed)}


def plans(series: dict[str, Any], seed: str = SEED) -> list[IntroductionPlan]:
    """The plan of each edition, in order."""
    drawn: list[IntroductionPlan] = []
    earlier: dict[str, set[str]] = defaultdict(set)
    told: set[Pair] = set()
    for edition in series["editions"]:
        gathering = _gathering(edition, earlier, told)
        began = perf_counter()
        plan = draw(gathering, RustworkxMatcher().heaviest, seed=seed)
        _tell(plan, len(gathering.attendees), perf_counter() - began)
        drawn.append(plan)
        told |= plan.pairs
        for attendee in edition["attendees"]:
            if attendee["status"] == "present":
                earlier[attendee["id"]].add(edition["edition"])
    return drawn


def _gathering(edition: dict[str, Any], earlier: dict[str, set[str]], told: set[Pair]) -> Gathering:
    rows = [row for row in edition["attendees"] if row["status"] == "present" and row["consent_intro"]]
    here = {row["id"] for row in rows}
    return Gathering(
        edition["edition"],
        tuple(_attendee(row, earlier) for row in rows),
        frozenset((row["id"], other) for row in rows for other in row["wishes"]),
        frozenset(pair(row["id"], other) for row in rows for other in row["excludes"]),
        frozenset(two for two in told if here.issuperset(two)),
    )


def _attendee(row: dict[str, Any], earlier: dict[str, set[str]]) -> Attendee:
    return Attendee(
        row["id"],
        row["org"],
        row["sector"],
        tuple(row["interests"]),
        frozenset(row["languages"]),
        row["table"],
        frozenset(earlier[row["id"]]),
    )


def _as_mailed(plan: IntroductionPlan) -> dict[str, list[str]]:
    return {person: list(place.names) for person, place in plan.places.items()}


def _tell(plan: IntroductionPlan, people: int, seconds: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sizes = f"{people} people, {len(plan.suggestions)} introductions, {len(plan.hosted)} with the host"
    print(f"{plan.edition}: {sizes}; {seconds:.2f} s, {peak} MB at most so far", file=sys.stderr)


def main() -> None:
    """From the file named on the command line to standard output."""
    if len(sys.argv) != 2:
        sys.exit("usage: python tests/bench/nudges.py SERIES.json > PLAN.json")
    series = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    json.dump(plan_series(series), sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
