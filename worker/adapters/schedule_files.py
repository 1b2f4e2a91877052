"""`schedules/*.toml` as nouns; every mistake is named with file, line, key, value and remedy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from pathlib import Path

from worker.adapters.schedule_words import (
    a_country,
    a_duration,
    a_rule,
    a_step_name,
    a_timing,
    an_hour,
    seconds,
    weekdays,
)
from worker.adapters.season_words import seasons
from worker.adapters.toml_lines import load
from worker.adapters.toml_table import TomlTable, list_of, one_of
from worker.domain.sequence import (
    Audience,
    CalendarPart,
    Doubt,
    Gate,
    GateKind,
    Lane,
    Purpose,
    Sequence,
    Step,
    Unless,
)
from worker.domain.timing import LATEST, Timing, in_order
from worker.domain.window import Hours

#: Seconds between two calls where the file says nothing: it may be older than the chore.
DEFAULTS = {"receive": 60.0, "feed": 600.0, "tidy": 86400.0}
CHORES = ("tick", "watch", *DEFAULTS)

#: What a step of a file may be for and to: mails to organizers are our own, in worker/domain/reminders.py.
_AUDIENCES = tuple(audience for audience in Audience if audience is not Audience.ORGANIZERS)
_PURPOSES = tuple(purpose for purpose in Purpose if purpose is not Purpose.ORGANIZERS)
_DEADLINES = {kind: f"{kind}_by" for kind in GateKind}
_STEP_KEYS = (
    "name", "when", "waits_for", *_DEADLINES.values(), "to", "unless", "purpose", "calendar", "until", "keep_for",
    "in_doubt", "lane",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chores:
    """How often each chore runs, in seconds of real time."""

    every: dict[str, float]


def read_chores(path: Path) -> Chores:
    """How often each chore runs; InvalidFile for an unknown or missing one, or a senseless number."""
    values, lines = load(path)
    table = TomlTable(values, (), lines)
    table.allow(*CHORES)
    asked = {name: table.need(name, seconds) for name in CHORES if name not in DEFAULTS}
    return Chores(asked | {name: table.take(name, seconds, every) for name, every in DEFAULTS.items()})


def read_sequence(path: Path) -> Sequence:
    """The sequence in a file, named after it; InvalidFile for the first mistake."""
    values, lines = load(path)
    top = TomlTable(values, (), lines)
    top.allow("window", "steps")
    window, steps = top.table("window"), top.tables("steps")
    read = tuple(_step(table) for table in steps)
    _refuse_twins(steps, read)
    closed = window.take("closed", seasons, ())
    return Sequence(path.stem, _hours(window), window.take("holidays", a_country, ""), read, closed)


def _hours(table: TomlTable) -> Hours:
    table.allow("opens", "closes", "days", "holidays", "closed")
    opens = table.take("opens", an_hour, time(8, 0))
    closes = table.take("closes", an_hour, time(19, 30))
    if closes <= opens:
        raise table.mistake(
            "closes", f"must be later than opens, which is {opens:%H:%M}, and before midnight"
        )
    return Hours(opens, closes, table.take("days", weekdays, frozenset(range(5))))


def _step(table: TomlTable) -> Step:
    table.allow(*_STEP_KEYS)
    name, timing = table.need("name", a_step_name), table.need("when", a_timing)
    return Step(
        name=name,
        at=timing.at,
        gates=_gates(table, timing),
        audience=table.need("to", one_of(*_AUDIENCES)),
        unless=table.take("unless", list_of(one_of(*Unless)), ()),
        purpose=table.need("purpose", one_of(*_PURPOSES)),
        calendar=table.take("calendar", one_of(CalendarPart.NONE, CalendarPart.REQUEST), CalendarPart.NONE),
        until=table.take("until", a_rule, None),
        keep_for=table.need("keep_for", a_duration),
        in_doubt=table.take("in_doubt", one_of(*Doubt), Doubt.HOLD),
        lane=table.take("lane", one_of(*Lane), Lane.CAMPAIGN),
    )


def _gates(table: TomlTable, timing: Timing) -> tuple[Gate, ...]:
    """From the sentence, or from keys of their own; a kind that is waited for without a deadline has LATEST."""
    given = [key for key in ("waits_for", *_DEADLINES.values()) if key in table.values]
    if timing.gates and given:
        raise table.mistake(given[0], "`when` already says what this step waits for; keep one of the two")
    deadlines = {kind: table.need(key, a_rule) for kind, key in _DEADLINES.items() if key in table.values}
    kinds = set(table.take("waits_for", list_of(one_of(*GateKind)), tuple(deadlines)))
    unheard = next((kind for kind in deadlines if kind not in kinds), None)
    if unheard:
        raise table.mistake(
            _DEADLINES[unheard], f"`waits_for` does not name {unheard}; add it there or drop this line"
        )
    return timing.gates or in_order([Gate(kind, deadlines.get(kind, LATEST)) for kind in kinds])


def _refuse_twins(tables: list[TomlTable], steps: tuple[Step, ...]) -> None:
    seen: set[str] = set()
    for table, step in zip(tables, steps, strict=True):
        if step.name in seen:
            raise table.mistake("name", "two steps have this name; give each its own")
        seen.add(step.name)
