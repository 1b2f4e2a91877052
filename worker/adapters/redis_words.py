"""What the scripts are told, and what they answer, as JSON and lists."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, TypeVar

from worker.adapters.moments import from_ms, read, written
from worker.domain.delivery import Claim, Opening, Ration, Settlement
from worker.domain.ledger import Policy
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.plan import Decision, Unwanted
from worker.domain.reason import Reason

T = TypeVar("T")

#: Decisions in one call of the planning script: a few ms of the server's time.
CHUNK = 1000


def field_of(key: MessageKey) -> str:
    """The field of a message in its edition's hash."""
    return f"{key.step}.{key.person}"


def claims_of(edition: str, token: str, answer: str) -> tuple[Claim, ...]:
    """The claims in what the script gave: like ones together."""
    claims: list[Claim] = []
    for due, until, generation, tries, losses, fields in json.loads(answer) if answer else ():
        shared = token, from_ms(due), read(until), generation, tries, losses
        claims += [Claim(_key_of(edition, field), *shared) for field in fields]
    return tuple(claims)


def _key_of(edition: str, field: str) -> MessageKey:
    step, _, person = field.partition(".")
    return MessageKey(edition, step, person)


#: What like ones share. Got at without a line of Python for each: this is asked of every mail.
_of_opening: Callable[[Opening], tuple[str, datetime | None, Ration | None, tuple[str, ...]]]
_of_opening = attrgetter("claim.token", "not_after", "ration", "scopes")
_of_settlement: Callable[[Settlement], tuple[str, State, Reason, datetime | None]]
_of_settlement = attrgetter("claim.token", "state", "reason", "due")


def openings_text(openings: Iterable[Opening]) -> str:
    """The openings as open_gate.lua reads them: like ones together."""
    runs: list[list[Any]] = []
    for (token, not_after, ration, scopes), run in groupby(openings, _of_opening):
        like = list(run)
        fields, prints = [field_of(one.claim.key) for one in like], [one.prints for one in like]
        mails, shares = ration.mails if ration else 0, list(map(len, prints))
        named = list(chain.from_iterable(prints))
        runs.append([token, written(not_after), mails, fields, scopes, named, shares])
    return json.dumps(runs)


def day_of(openings: Sequence[Opening]) -> str:
    """The day whose rations these openings are asked about; those of one script share it."""
    return next((opening.ration.day for opening in openings if opening.ration), "-")


def settlements_text(settlements: Iterable[Settlement]) -> str:
    """The settlements as settle.lua reads them: like ones together."""
    runs: list[list[Any]] = []
    for (token, state, reason, due), run in groupby(settlements, _of_settlement):
        like = list(run)
        fields, replies = [field_of(one.claim.key) for one in like], [one.reply for one in like]
        runs.append([token, state, reason, written(due), fields, replies])
    return json.dumps(runs)


def policies_text(policies: Mapping[str, Policy]) -> str:
    """The policies as the scripts read them."""
    rules = {
        step: {"lane": p.lane, "doubt": p.doubt, "barred_by": " ".join(p.barred_by)}
        for step, p in policies.items()
    }
    return json.dumps(rules)


def settled_by(settlements: Sequence[Settlement], taken: Sequence[int]) -> dict[MessageKey, bool]:
    """Which settlements were recorded."""
    return {s.claim.key: bool(done) for s, done in zip(settlements, taken, strict=True)}


def chunked(decisions: Sequence[Decision]) -> Iterator[list[list[Any]]]:
    """The decisions as plan.lua reads them, in calls of moderate length; at least one."""
    for start in range(0, max(len(decisions), 1), CHUNK):
        yield [_decision_words(decision) for decision in decisions[start : start + CHUNK]]


def _decision_words(decision: Decision) -> list[Any]:
    if isinstance(decision, Unwanted):
        return [field_of(decision.key), "", "", decision.reason]
    words = [field_of(decision.key), written(decision.due), written(decision.until), ""]
    if decision.because:
        return [*words, decision.version, decision.because]
    return [*words, decision.version] if decision.version else words


def by_edition(things: Iterable[T], edition: Callable[[T], str]) -> dict[str, list[T]]:
    """The things by the edition of their message: a script speaks of one."""
    groups: dict[str, list[T]] = defaultdict(list)
    for thing in things:
        groups[edition(thing)].append(thing)
    return groups
