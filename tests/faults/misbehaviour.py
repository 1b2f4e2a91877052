"""How the relay of a run behaves badly, drawn from the seed: refusals, greylisting, cuts on either side of the dot."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.relay import Deed, Moment, Rule

#: Real seconds that every mail takes, so that a run lasts long enough for faults to fall into it.
PACE = 0.04


@dataclass(frozen=True, slots=True)
class Misbehaviour:
    """The rules of one run, whom they refuse for good, and how many of them cut after the dot."""

    rules: tuple[Rule, ...]
    refused: frozenset[str]
    after_the_dot: int


def misbehaviour(chance: Random, addresses: dict[str, str], messages: int) -> Misbehaviour:
    """For these people (id to address) and about so many transactions; so few are refused that no campaign pauses."""
    people = chance.sample(sorted(addresses), max(1, len(addresses) // 120) * 2)
    refused, greylisted = people[::2], people[1::2]
    some = max(1, messages // 500)
    nth = iter(chance.sample(range(1, messages), some * 5 + 5))
    rules = [
        *(Rule(Moment.RCPT, "550 5.1.1 unknown", to=addresses[person]) for person in refused),
        *(Rule(Moment.RCPT, "450 4.7.1 greylisted", to=addresses[person], times=1) for person in greylisted),
        *(Rule(Moment.DOT, Deed.CUT, nth=next(nth), times=1) for _ in range(some)),
        *(Rule(Moment.BODY, Deed.CUT, nth=next(nth), times=1) for _ in range(some)),
        *(Rule(Moment.DOT, "451 4.3.0 try again", nth=next(nth), times=1) for _ in range(some)),
        *(
            Rule(Moment.MAIL, "421 4.3.2 busy", nth=next(nth), times=1)
            for _ in range(chance.randrange(4) // 3)
        ),
        Rule(Moment.DOT, Deed.STALL, nth=next(nth), times=1),
        Rule(Moment.DOT, Deed.SKIP, nth=next(nth), times=1),
        Rule(Moment.DOT, "250 2.0.0 taken", after=PACE),
    ]
    return Misbehaviour(tuple(rules), frozenset(refused), some + 2)
