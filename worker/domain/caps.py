"""How much mail a person gets: at most so many a day and an edition, of what we write unasked.

Changes of a Café, and what a person's own answer brings, are not counted: those are owed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from worker.domain.message import MessageKey
from worker.domain.moment import on_wall
from worker.domain.plan import Decision, Unwanted, Wanted
from worker.domain.reason import Reason
from worker.domain.window import Window

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Caps:
    """For each person; 0 is no limit."""

    per_day: int = 0
    per_edition: int = 0


#: As much as falls due.
NO_CAPS = Caps()


@dataclass(frozen=True, slots=True)
class Gone:
    """Proactive mails of this edition that left: all their keys, and when, for those that left today."""

    keys: frozenset[MessageKey] = frozenset()
    today: Mapping[MessageKey, datetime] = field(default_factory=dict)


def capped(
    decisions: Iterable[Decision], caps: Caps, gone: Gone, window: Window, now: datetime
) -> Iterator[Decision]:
    """The same decisions, each person's spread over days and cut to the edition's number, the earliest first.

    One that waits for another keeps its hour on a later day and says so; where that is too late it is not wanted.
    """
    given = tuple(decisions)
    made: dict[MessageKey, Decision] = {}
    for wanted in _by_person(given, gone).values():
        made |= {decision.key: decision for decision in _spread(wanted, caps, gone, window, now)}
    yield from (made.get(decision.key, decision) for decision in given)


def _by_person(decisions: Iterable[Decision], gone: Gone) -> dict[str, list[Wanted]]:
    people: dict[str, list[Wanted]] = {}
    for decision in decisions:
        if isinstance(decision, Wanted) and decision.key not in gone.keys:
            people.setdefault(decision.key.person, []).append(decision)
    return people


def _spread(
    wanted: list[Wanted], caps: Caps, gone: Gone, window: Window, now: datetime
) -> Iterator[Decision]:
    person = wanted[0].key.person
    number = sum(key.person == person for key in gone.keys)
    days = Counter(_day(at, window) for key, at in gone.today.items() if key.person == person)
    for one in sorted(wanted, key=lambda w: (max(w.due, now), w.due)):
        number += 1
        moved = _on_a_free_day(one, caps, days, window, now)
        if (caps.per_edition and number > caps.per_edition) or moved is None:
            yield Unwanted(one.key, Reason.ENOUGH)
        else:
            days[_day(window.first_open(max(moved.due, now)), window)] += 1
            yield moved


def _on_a_free_day(
    one: Wanted, caps: Caps, days: Counter[date], window: Window, now: datetime
) -> Wanted | None:
    """At its moment, or at its hour on the first day with room; None where that is too late."""
    leaves = window.first_open(max(one.due, now))
    if not caps.per_day or days[_day(leaves, window)] < caps.per_day:
        return one
    at = one.due.astimezone(window.zone).time()
    while days[_day(leaves, window)] >= caps.per_day:
        opens = window.first_open(on_wall(_day(leaves, window) + _DAY, at, window.zone))
        leaves = window.first_open(max(opens, on_wall(_day(opens, window), at, window.zone)))
    late = one.until is not None and leaves > one.until
    return None if late else replace(one, due=leaves, because=Reason.ONE_A_DAY)


def _day(at: datetime, window: Window) -> date:
    return at.astimezone(window.zone).date()
