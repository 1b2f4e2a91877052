"""The measuring tool plans a series of editions: the same plan in every process, whatever seeds its hashes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2]
BY_PATH, AS_MODULE = ["tests/bench/nudges.py"], ["-m", "tests.bench.nudges"]


def series() -> dict[str, Any]:
    """Three editions of some thirty invented people, most of them regulars."""
    chance = random.Random(4)  # noqa: S311 - invented people
    pool = [
        {
            "id": f"p{number:03d}",
            "org": f"firme {number}",
            "sector": chance.choice(["santé", "droit", "culture"]),
            "interests": chance.sample(["vélo", "data", "presse", "design"], 2),
            "languages": ["fr"],
            "excludes": ["p001"] if number == 2 else [],
        }
        for number in range(40)
    ]
    return {"editions": [_edition(f"e{number}", pool, chance) for number in range(3)]}


def _edition(name: str, pool: list[dict[str, Any]], chance: random.Random) -> dict[str, Any]:
    came = chance.sample(pool, 33)
    rows = [
        person
        | {
            "status": "present" if place > 2 else "no_show",
            "consent_intro": place != 5,
            "table": f"T{place // 8}",
            "wishes": [chance.choice(came)["id"]],
        }
        for place, person in enumerate(came)
    ]
    return {"edition": name, "attendees": rows}


def planned(file: Path, how: list[str], hash_seed: str) -> str:
    ran = subprocess.run(
        [sys.executable, *how, str(file)],
        cwd=HOUSE,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "series.json"
    written.write_text(json.dumps(series()), encoding="utf-8")
    return written


def test_processes_with_other_hashes_and_other_orders_plan_the_same(file: Path, tmp_path: Path) -> None:
    shuffled = series()
    for edition in shuffled["editions"]:
        edition["attendees"].reverse()
    other = tmp_path / "shuffled.json"
    other.write_text(json.dumps(shuffled), encoding="utf-8")

    first = planned(file, BY_PATH, "0")

    assert planned(file, AS_MODULE, "1") == first
    assert planned(other, BY_PATH, "random") == first


def test_each_plan_names_only_who_was_there_and_agreed_mutually_and_once(file: Path) -> None:
    plan, told = json.loads(planned(file, BY_PATH, "0")), set[frozenset[str]]()

    for edition in series()["editions"]:
        named = plan[edition["edition"]]
        here = {a["id"] for a in edition["attendees"] if a["status"] == "present" and a["consent_intro"]}
        pairs = {frozenset((person, other)) for person, names in named.items() for other in names}
        assert set(named) == here
        assert all(names and person in named[other] for person, names in named.items() for other in names)
        assert frozenset(("p001", "p002")) not in pairs
        assert not pairs & told
        told |= pairs
