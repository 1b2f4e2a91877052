"""A whole "when" sentence: the moment of a step and what it waits for, each at the latest until a moment.

    end + 3 h
    end + 3 h, when presence is marked and notes are ready, at the latest J+2 18:00
    fin + 3 h, quand les présences sont notées, au plus tard J+2 18:00,
               quand les notes sont prêtes, au plus tard J+1 18:00

A sentence that begins with `when` counts from the end. `str()` of a timing is its canonical spelling, which parses
back to the same timing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from itertools import groupby

from worker.domain.errors import InvalidRule
from worker.domain.rule import Anchor, DayTime, Offset, Rule, Unit, parse_rule, plain_words
from worker.domain.sequence import Gate, GateKind

EXAMPLE = (
    "write for example 'end + 3 h, when presence is marked and notes are ready, at the latest J+2 18:00'"
)

#: How long a step waits when nobody says until when.
LATEST: Rule = DayTime(2, time(18))

_AT_THE_END: Rule = Offset(Anchor.END, 0, Unit.HOUR)
_FACTS = {GateKind.PRESENCE: "presence is marked", GateKind.NOTES: "notes are ready"}
_MARKED = r"(?:is|are|est|sont) (?:marked|notée?s?|marquée?s?)"
_SPOKEN = {
    GateKind.PRESENCE: re.compile(rf"(?:the |la |les )?(?:presence|présence)s? {_MARKED}"),
    GateKind.NOTES: re.compile(r"(?:the |les )?notes (?:are ready|sont prêtes)"),
}
_WAITS = re.compile(r"(?:^|(?<! and)(?<! et),? )(?=(?:when|quand) )")
_WAIT = re.compile(r"(?:when|quand) (.+?),? (?:at the latest|au plus tard) (.+)")
_AND = re.compile(r" (?:and|et) (?:when |que |quand )?")


@dataclass(frozen=True, slots=True)
class Timing:
    """When a step falls due, and the gates it waits at, in the order of GateKind."""

    at: Rule
    gates: tuple[Gate, ...] = ()

    def __str__(self) -> str:
        """The sentence; gates with one deadline share it."""
        shared = groupby(self.gates, key=lambda gate: gate.by)
        waits = (
            f", when {' and '.join(_FACTS[gate.kind] for gate in gates)}, at the latest {by}"
            for by, gates in shared
        )
        return str(self.at) + "".join(waits)


def parse_timing(text: str) -> Timing:
    """What this sentence says; InvalidRule names the part that cannot be read."""
    first, *waits = _WAITS.split(plain_words(text))
    gates = [gate for wait in waits for gate in _read_wait(text, wait)]
    kinds = [gate.kind for gate in gates]
    twice = next((kind for kind in GateKind if kinds.count(kind) > 1), None)
    if twice:
        raise InvalidRule(text, f"it waits for {twice} twice: say it once")
    return Timing(parse_rule(first) if first or not waits else _AT_THE_END, in_order(gates))


def in_order(gates: list[Gate]) -> tuple[Gate, ...]:
    """The same gates always in the same order, however they were written down."""
    return tuple(sorted(gates, key=lambda gate: list(GateKind).index(gate.kind)))


def _read_wait(text: str, wait: str) -> Iterator[Gate]:
    match = _WAIT.fullmatch(wait)
    if not match:
        raise InvalidRule(text, f"say until when it waits: 'when …, at the latest …'; {EXAMPLE}")
    facts, by = match.groups()
    for fact in _AND.split(facts):
        yield Gate(_kind(text, fact), parse_rule(by))


def _kind(text: str, fact: str) -> GateKind:
    for kind, spoken in _SPOKEN.items():
        if spoken.fullmatch(fact):
            return kind
    raise InvalidRule(text, f"{fact!r} is nothing it can wait for; {EXAMPLE}")
