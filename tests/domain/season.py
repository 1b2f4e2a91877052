"""A season of editions, generated: regulars and newcomers, tables, wishes, exclusions, some with no interest at all.

As `tests/bench/nudges.py` reads it. Everybody is invented.
"""

from __future__ import annotations

import random
from typing import Any

_SECTORS = ("conseil", "santé", "droit", "culture", "énergie", "finance", "éducation", "industrie")
_TOPICS = tuple(f"sujet {number}" for number in range(30))
_TONGUES = (["fr"], ["fr"], ["fr", "en"], ["fr", "en"], ["fr"], ["en"])

Row = dict[str, Any]


def season(size: int, editions: int, seed: int) -> dict[str, list[Row]]:
    """So many editions of about so many people, of whom two thirds were there before."""
    chance = random.Random(seed)  # noqa: S311 - a draw that can be drawn again
    known: list[Row] = []
    return {"editions": [_edition(f"e{number}", size, known, chance) for number in range(editions)]}


def _edition(name: str, size: int, known: list[Row], chance: random.Random) -> Row:
    regulars = chance.sample(known, min(len(known), size * 2 // 3))
    new = [_person(len(known) + number, size, chance) for number in range(size - len(regulars))]
    known += new
    came = [*regulars, *new]
    chance.shuffle(came)
    present = [row for row in came if chance.random() < 0.85]
    tables = {row["id"]: f"T{number // 8}" for number, row in enumerate(present)}
    rows = [_row(row, tables) for row in came]
    _wish(rows, chance)
    return {"edition": name, "attendees": rows}


def _person(number: int, size: int, chance: random.Random) -> Row:
    own = 0 if chance.random() < 0.06 else min(6, 1 + int(chance.expovariate(0.4)))
    return {
        "id": f"p{number:05d}",
        "sector": chance.choice(_SECTORS),
        "org": f"maison {chance.randrange(size)}",
        "interests": chance.sample(_TOPICS[: chance.choice((6, 12, 30))], own),
        "languages": chance.choice(_TONGUES),
        "consent_intro": chance.random() < 0.85,
        "excludes": [f"p{chance.randrange(number + 1):05d}"] if chance.random() < 0.02 else [],
    }


def _row(person: Row, tables: dict[str, str]) -> Row:
    own = person["id"]
    here = own in tables
    return person | {
        "status": "present" if here else "no_show",
        "table": tables.get(own, ""),
        "excludes": [other for other in person["excludes"] if other != own],
        "wishes": [],
    }


def _wish(rows: list[Row], chance: random.Random) -> None:
    """One wish each, to somebody at the same table as often as not; a third are returned."""
    here = [row for row in rows if row["status"] == "present"]
    for row in here:
        near = [other for other in here if other["table"] == row["table"]]
        other = chance.choice(chance.choice((near, here)))
        if other is not row:
            row["wishes"].append(other["id"])
            if chance.random() < 0.35:
                other["wishes"].append(row["id"])
