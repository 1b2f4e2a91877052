"""Judges plans of a season by what their mails name, apart from the planner: rules, evenness, and worth over a bound.

The bound is certified: for any prices u >= 0 of people, no simple graph of degree <= k is worth more than
k * sum(u) + sum(max(0, worth - u - u')) over all pairs (weak duality). Subgradient steps bring it down.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Row = dict[str, Any]
Matrix = npt.NDArray[np.int64]
_NEVER = -(10**7)
_STEPS = 160


@dataclass
class Verdict:
    """What a season of plans comes to. Shares are from 0 to 1; `wishes` are mutual ones: honoured, and all."""

    broken: list[str] = field(default_factory=list)
    worst_coverage: float = 1.0
    most_names: int = 0
    worth: int = 0
    bound: float = 0.0
    unevenness: list[float] = field(default_factory=list)
    other_sector: list[bool] = field(default_factory=list)
    shared_interest: list[bool] = field(default_factory=list)
    never_crossed: list[bool] = field(default_factory=list)
    newcomers: list[bool] = field(default_factory=list)
    wishes: list[bool] = field(default_factory=list)

    @property
    def over_bound(self) -> float:
        """How much of what could be had at best was had."""
        return self.worth / self.bound


def judged(season: dict[str, list[Row]], mailed: dict[str, dict[str, list[str]]], k: int = 2) -> Verdict:
    """Edition after edition, with the history that the plans themselves made."""
    verdict, earlier, told = Verdict(), defaultdict[str, set[str]](set), set[frozenset[str]]()
    for edition in season["editions"]:
        here = {row["id"]: row for row in edition["attendees"] if row["status"] == "present"}
        room = _Room([row for row in here.values() if row["consent_intro"]], earlier, told)
        _judge(verdict, room, mailed[edition["edition"]], k)
        told |= {frozenset((a, b)) for a, names in mailed[edition["edition"]].items() for b in names}
        for person in here:
            earlier[person].add(edition["edition"])
    return verdict


def _judge(verdict: Verdict, room: _Room, named: dict[str, list[str]], k: int) -> None:
    place = {row["id"]: number for number, row in enumerate(room.rows)}
    if set(named) != set(place):
        verdict.broken.append("a place for everybody who was there and agreed, and for nobody else")
        return
    directed = [(place[a], place[b]) for a, names in named.items() for b in names if b in place]
    pairs = {(min(two), max(two)) for two in directed}
    if any(len(set(names)) != len(names) or not set(names) <= place.keys() for names in named.values()):
        verdict.broken.append("somebody named twice, or who is not here")
    if any((b, a) not in directed for a, b in set(directed)):
        verdict.broken.append("not mutual")
    if any(room.worth[two] == _NEVER for two in pairs):
        verdict.broken.append("forbidden: itself, an exclusion, a firm, a language, a repeat")
    _measure(verdict, room, pairs, Counter(a for a, _ in directed))
    verdict.worth += sum(int(room.worth[two]) for two in pairs)
    verdict.bound += bound(room.worth, k)


def _measure(verdict: Verdict, room: _Room, pairs: set[tuple[int, int]], load: Counter[int]) -> None:
    could = [number for number, worths in enumerate(room.worth) if worths.max(initial=_NEVER) > _NEVER]
    verdict.worst_coverage = min(verdict.worst_coverage, sum(load[n] > 0 for n in could) / (len(could) or 1))
    verdict.most_names = max([verdict.most_names, *load.values()])
    verdict.unevenness.append(gini([load[number] for number in range(len(room.rows))]))
    verdict.newcomers += [load[n] > 0 for n in could if not room.visits[n]]
    verdict.other_sector += [bool(room.sector[a] != room.sector[b]) for a, b in pairs]
    verdict.shared_interest += [bool(room.shared[two]) for two in pairs]
    verdict.never_crossed += [not room.together[two] for two in pairs]
    both = zip(*np.nonzero(np.triu((room.wished == 2) & (room.worth > _NEVER))), strict=True)
    verdict.wishes += [(int(a), int(b)) in pairs for a, b in both]


def gini(loads: list[int]) -> float:
    """0 when everybody is named as often as anybody."""
    total, count = sum(loads), len(loads)
    ranked = sum((2 * place - count - 1) * load for place, load in enumerate(sorted(loads), 1))
    return ranked / (count * total) if total else 0.0


def bound(worth: Matrix, k: int) -> float:
    """No plan with at most `k` names each is worth more."""
    prices = np.sort(worth, axis=1)[:, -k].clip(0) / 2.0 if len(worth) > k else np.zeros(len(worth))
    best, step, since = float("inf"), 60.0, 0
    for _ in range(_STEPS):
        left = np.triu(worth - prices[:, None] - prices, 1)
        value = k * prices.sum() + np.maximum(left, 0).sum()
        best, since = (value, 0) if value < best else (best, since + 1)
        if since == 8:
            step, since = step / 2, 0
        over = left > 0
        slope = k - over.sum(axis=0) - over.sum(axis=1)
        prices = (prices - step * np.sign(slope) * np.minimum(abs(slope), 3) / 3).clip(0)
    return float(best)


class _Room:
    """People with what every two of them are worth to each other, as docs/matching.md has it; chance is no worth."""

    def __init__(self, rows: list[Row], earlier: dict[str, set[str]], told: set[frozenset[str]]) -> None:
        self.rows = rows
        ids = [row["id"] for row in rows]
        self.visits = np.array([len(earlier[person]) for person in ids], dtype=np.int64)
        self.sector = np.array([row["sector"] for row in rows])
        seen = _marks([earlier[person] for person in ids])
        self.together = seen @ seen.T
        wishes = _marks([row["wishes"] for row in rows], ids)
        self.wished = wishes + wishes.T
        self.shared, interest = _interests(rows)
        parted = _marks([row["excludes"] for row in rows], ids)
        before = _marks([[other for other in ids if frozenset((own, other)) in told] for own in ids], ids)
        tongues = _marks([row["languages"] for row in rows])
        firm = np.array([row["org"] for row in rows])
        never = (parted + parted.T + before > 0) | (tongues @ tongues.T == 0) | (firm[:, None] == firm)
        self.worth = np.where(never, _NEVER, interest + self._circle_fresh_hook_welcome())

    def _circle_fresh_hook_welcome(self) -> Matrix:
        table = np.array([row["table"] for row in self.rows])
        hook = np.where(table[:, None] == table, 120, 60)
        hook = np.where(self.wished == 2, 1000, np.where(self.wished == 1, 160, hook))
        new, regular = self.visits == 0, self.visits >= 3
        welcome = np.where(new[:, None] & regular | regular[:, None] & new, 100, 50)
        circle = 200 * (self.sector[:, None] != self.sector)
        worth = circle + 150 // (1 + self.together) + hook + np.where(new[:, None] != new, welcome, 0)
        return np.asarray(worth, dtype=np.int64)


def _marks(owned: list[Any], columns: list[str] | None = None) -> Matrix:
    """A row for each person, a column for each thing: 1 where they have it."""
    known = columns if columns is not None else sorted({thing for things in owned for thing in things})
    place = {thing: number for number, thing in enumerate(known)}
    marks = np.zeros((len(owned), len(known)), dtype=np.int64)
    for number, things in enumerate(owned):
        for thing in things:
            if thing in place:
                marks[number, place[thing]] = 1
    return marks


def _interests(rows: list[Row]) -> tuple[Matrix, Matrix]:
    """The weight of what every two share, and what sharing it is worth."""
    marks = _marks([row["interests"] for row in rows])
    held, share = marks.sum(axis=0), len(rows)
    rarity = np.where((20 * held <= share) | (held <= 2), 3, np.where(5 * held <= share, 2, 1))
    common = (marks * rarity) @ marks.T
    weight = (marks * rarity).sum(axis=1)
    part = 1000 * common // np.maximum(1, weight[:, None] + weight - common)
    fit = np.where(part < 150, part * 1000 // 150, np.where(part <= 400, 1000, 1400 - part))
    return common, 350 * fit // 1000
