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
    """Proactive mails of this edition that left: all their keys.

    `today` are those that take a day of their reader's: what left today in any edition, and what waits in others.
    """

    keys: frozenset[MessageKey] = frozenset()
    today: Mapping[MessageKey, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """By what mails are counted. `worth` says how much a step matters; where two are worth the same, the later goes."""

    caps: Caps
    gone: Gone
    window: Window
    now: datetime
    worth: Mapping[str, int] = field(default_factory=dict)

    def leaves(self, one: Wanted) -> datetime:
        """When this one leaves at the earliest."""
        return self.window.first_open(max(one.due, self.now))


def capped(decisions: Iterable[Decision], measure: Measure) -> Iterator[Decision]:
    """The same decisions, each person's cut to the edition's number, the least worthy first, and spread over days.

    One that waits for another keeps its hour on a later day and says so; where that is too late it is not wanted.
    """
    given = tuple(decisions)
    made: dict[MessageKey, Decision] = {}
    had, days = Counter(key.person for key in measure.gone.keys), _days_taken(measure)
    for person, wanted in _by_person(given, measure.gone).items():
        kept = _most_worthy(wanted, had[person], measure)
        cut = (Unwanted(one.key, Reason.ENOUGH) for one in wanted if one not in kept)
        spread = _spread(kept, days.get(person, Counter()), measure)
        made |= {decision.key: decision for decision in (*cut, *spread)}
    yield from (made.get(decision.key, decision) for decision in given)


def _by_person(decisions: Iterable[Decision], gone: Gone) -> dict[str, list[Wanted]]:
    people: dict[str, list[Wanted]] = {}
    for decision in decisions:
        if isinstance(decision, Wanted) and decision.key not in gone.keys:
            people.setdefault(decision.key.person, []).append(decision)
    return people


def _days_taken(measure: Measure) -> dict[str, Counter[date]]:
    days: dict[str, Counter[date]] = {}
    for key, at in measure.gone.today.items():
        days.setdefault(key.person, Counter())[_day(at, measure.window)] += 1
    return days


def _most_worthy(wanted: list[Wanted], had: int, measure: Measure) -> list[Wanted]:
    """As many as the edition still allows this person, in the order in which they leave."""
    ordered = sorted(wanted, key=lambda one: (measure.leaves(one), one.due))
    if not measure.caps.per_edition:
        return ordered
    best = sorted(ordered, key=lambda one: -measure.worth.get(one.key.step_name, 0))
    kept = best[: max(measure.caps.per_edition - had, 0)]
    return [one for one in ordered if one in kept]


def _spread(wanted: Iterable[Wanted], days: Counter[date], measure: Measure) -> Iterator[Decision]:
    for one in wanted:
        moved = _on_a_free_day(one, days, measure)
        if moved is None:
            yield Unwanted(one.key, Reason.ENOUGH)
        else:
            days[_day(measure.leaves(moved), measure.window)] += 1
            yield moved


def _on_a_free_day(one: Wanted, days: Counter[date], measure: Measure) -> Wanted | None:
    """At its moment, or at its hour on the first day with room; None where that is too late."""
    leaves, window, most = measure.leaves(one), measure.window, measure.caps.per_day
    if not most or days[_day(leaves, window)] < most:
        return one
    while days[_day(leaves, window)] >= most:
        leaves = next_turn(one.due, window, leaves)
    late = one.until is not None and leaves > one.until
    return None if late else replace(one, due=leaves, because=Reason.ONE_A_DAY)


def next_turn(due: datetime, window: Window, after: datetime) -> datetime:
    """The hour of `due` on the first open day after the day of `after`."""
    at = due.astimezone(window.zone).time()
    opens = window.first_open(on_wall(_day(after, window) + _DAY, at, window.zone))
    return window.first_open(max(opens, on_wall(_day(opens, window), at, window.zone)))


def _day(at: datetime, window: Window) -> date:
    return at.astimezone(window.zone).date()
