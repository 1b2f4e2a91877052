"""`schedules/*.toml` as nouns; every mistake is named with file, line, key, value and remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import time, timedelta
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from worker.adapters.holidays import is_known_country
from worker.adapters.toml_lines import KeyPath, LineFinder, load
from worker.domain.errors import InvalidRule
from worker.domain.rule import Rule, parse_rule
from worker.domain.sequence import Audience, CalendarPart, Doubt, Gate, GateKind, Lane, Purpose, Sequence, Step, Unless
from worker.domain.window import Hours

E = TypeVar("E", bound=StrEnum)

CHORES = ("tick", "watch")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WEEKDAYS = {name: number for names in (_DAYS, _JOURS) for number, name in enumerate(names)}
_DURATION = re.compile(r"(\d{1,4})\s*(min|h|days?|jours?|weeks?|semaines?)")
_NAME = re.compile(r"[a-z][a-z-]{0,10}[a-z]")
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Chores:
    """How often each chore runs, in seconds of real time."""

    every: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of a file, at its place; values are taken out by name and judged."""

    values: dict[str, Any]
    path: KeyPath
    lines: LineFinder

    def allow(self, names: Iterable[str]) -> None:
        known = tuple(names)
        for name, value in self.values.items():
            if name not in known:
                near = get_close_matches(name, known, n=1) or [", ".join(known)]
                raise self.lines.mistake((*self.path, name), value, f"unknown; did you mean {near[0]}?")

    def take(self, name: str, read: Callable[[Any], Any], remedy: str, default: Any = _MISSING) -> Any:
        """The value read by `read`, which raises ValueError (or InvalidRule) for what it cannot read."""
        if name not in self.values:
            if default is _MISSING:
                raise self.lines.mistake((*self.path, name), None, f"missing; {remedy}")
            return default
        try:
            return read(self.values[name])
        except InvalidRule as error:
            raise self.lines.mistake((*self.path, name), self.values[name], error.remedy) from error
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            raise self.lines.mistake((*self.path, name), self.values[name], remedy) from error

    def choose(self, name: str, words: type[E], default: Any = _MISSING) -> Any:
        """One word of a closed list."""
        return self.take(name, words, f"write one of: {', '.join(words)}", default)

    def table(self, name: str) -> _Table:
        """The table inside, empty when it is not there."""
        inner = self.take(name, _a_table, "write it as a table: [" + name + "]", {})
        return _Table(inner, (*self.path, name), self.lines)


def read_sequence(path: Path) -> Sequence:
    """The sequence in a file, named after it; InvalidFile for the first mistake."""
    values, lines = load(path)
    top = _Table(values, (), lines)
    top.allow(("window", "steps"))
    steps = top.take("steps", _some_tables, "write at least one [[steps]] table")
    read = tuple(_step(_Table(step, ("steps", number), lines)) for number, step in enumerate(steps))
    _refuse_twins(read, lines)
    window = top.table("window")
    country = window.take("holidays", _a_country, "write a two-letter country such as FR, or leave it empty", "")
    return Sequence(path.stem, _hours(window), country, read)


def _hours(table: _Table) -> Hours:
    table.allow(("opens", "closes", "days", "holidays"))
    hour = "write an hour such as 08:00"
    opens = table.take("opens", _an_hour, hour, time(8, 0))
    closes = table.take("closes", _an_hour, hour, time(19, 30))
    if closes <= opens:
        raise table.lines.mistake((*table.path, "closes"), str(closes), f"must be later than opens ({opens:%H:%M})")
    days = table.take("days", _weekdays, "write a list of days such as [\"monday\", \"friday\"]", frozenset(range(5)))
    return Hours(opens, closes, days)


def _step(table: _Table) -> Step:
    table.allow(("name", "when", "to", "purpose", "keep_for", "presence_by", "notes_by", "until", "in_doubt",
                 "calendar", "lane", "unless"))  # fmt: skip
    duration = 'write a duration such as "72 h" or "10 days"'
    return Step(
        name=table.take("name", _a_name, "write 2 to 12 of a-z and '-', such as thank-you"),
        at=table.take("when", _a_rule, "write a moment"),
        audience=table.choose("to", Audience),
        purpose=table.choose("purpose", Purpose),
        keep_for=table.take("keep_for", _a_duration, duration),
        gates=_gates(table),
        lane=table.choose("lane", Lane, Lane.CAMPAIGN),
        until=table.take("until", _a_rule, "write a moment", None),
        in_doubt=table.choose("in_doubt", Doubt, Doubt.HOLD),
        calendar=table.choose("calendar", CalendarPart, CalendarPart.NONE),
        unless=table.take("unless", _answers, f"write a list of: {', '.join(Unless)}", ()),
    )


def _gates(table: _Table) -> tuple[Gate, ...]:
    deadlines = ((kind, table.take(f"{kind}_by", _a_rule, "write a moment", None)) for kind in GateKind)
    return tuple(Gate(kind, by) for kind, by in deadlines if by is not None)


def _refuse_twins(steps: tuple[Step, ...], lines: LineFinder) -> None:
    seen: set[str] = set()
    for number, step in enumerate(steps):
        if step.name in seen:
            raise lines.mistake(("steps", number, "name"), step.name, "two steps have this name; give each its own")
        seen.add(step.name)


def read_chores(path: Path) -> Chores:
    """How often each chore runs; InvalidFile for an unknown one or a senseless number."""
    values, lines = load(path)
    table = _Table(values, (), lines)
    table.allow(CHORES)
    return Chores({name: table.take(name, _seconds, "write seconds, from 0.5 to 86400") for name in CHORES})


def _a_table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _some_tables(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not value:
        raise TypeError
    return [_a_table(item) for item in value]


def _a_name(value: Any) -> str:
    if not _NAME.fullmatch(value):
        raise ValueError
    return str(value)


def _a_rule(value: Any) -> Rule:
    return parse_rule(value)


def _an_hour(value: Any) -> time:
    return value if isinstance(value, time) else time.fromisoformat(value)


def _a_country(value: Any) -> str:
    if not is_known_country(value):
        raise ValueError
    return str(value)


def _weekdays(value: Any) -> frozenset[int]:
    days = frozenset(_WEEKDAYS[day.lower()] for day in value)
    if not days:
        raise ValueError
    return days


def _answers(value: Any) -> tuple[Unless, ...]:
    return tuple(Unless(answer) for answer in value)


def _a_duration(value: Any) -> timedelta:
    match = _DURATION.fullmatch(value.strip().lower())
    if not match or not int(match.group(1)):
        raise ValueError
    unit = match.group(2)[0]
    return int(match.group(1)) * {
        "m": timedelta(minutes=1),
        "h": timedelta(hours=1),
        "d": timedelta(days=1),
        "j": timedelta(days=1),
        "w": timedelta(weeks=1),
        "s": timedelta(weeks=1),
    }[unit]


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not 0.5 <= value <= 86400:
        raise ValueError
    return float(value)
