"""One log line a move, made by watching the Store: services say nothing themselves. Keys only, never an address."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta

import structlog
from structlog.typing import EventDict

from worker.adapters.move_words import claim_words, gate_words, outcome_words, too_late_words
from worker.adapters.redis_store import RedisStore
from worker.adapters.whole_lines import WholeLines
from worker.domain.answer import Answer
from worker.domain.delivery import Claim, Opening, Settlement
from worker.domain.inbound import Aside
from worker.domain.ledger import Entry, Policy
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.plan import Plan
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.domain.suppression import Suppression
from worker.ports import Turned


def log_to_stderr() -> None:
    """JSON lines on standard error, with UTC times; call once in a process."""
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="ts"),
            structlog.processors.add_log_level,
            _json_lines,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: WholeLines(sys.stderr.buffer),
    )


_encode = json.JSONEncoder(ensure_ascii=False, default=repr).encode


def _json_lines(_logger: object, _level: str, told: EventDict) -> str:
    """One line; or, of an event that is told of `each` in JSON words, a line each, written together."""
    if (each := told.pop("each", None)) is None:
        return _encode(told)
    del told["event"]
    begun = _encode(told).removesuffix("}")
    return "\n".join([f"{begun}, {words}}}" for words in each])


def stay_quiet() -> None:
    """For a process that speaks to a person: no log lines, unless `log_to_stderr` was called before."""
    if not structlog.is_configured():
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


class ObservedStore(RedisStore):
    """The Redis store, telling its moves."""

    _log = structlog.get_logger()

    def plan(self, plan: Plan, policies: Mapping[str, Policy], *, reason: Reason) -> int:
        """Tell how many messages an edition's plan wants."""
        generation = super().plan(plan, policies, reason=reason)
        sizes = {"wanted": len(plan.wanted), "unwanted": len(plan.unwanted)}
        self._log.info("planned", edition=plan.edition, generation=generation, reason=reason, **sizes)
        return generation

    def claim(self, lane: Lane, *, token: str, limit: int, lease: timedelta) -> tuple[Claim, ...]:
        """Tell each message taken in hand."""
        claims = super().claim(lane, token=token, limit=limit, lease=lease)
        self._tell_each([claim_words(claim, lane) for claim in claims])
        return claims

    def open_gate(self, openings: Sequence[Opening], *, lease: timedelta) -> dict[MessageKey, Reason | None]:
        """Tell whom the gate let through and whom it turned back."""
        answers = super().open_gate(openings, lease=lease)
        self._tell_each(_gate(answers))
        return answers

    def settle(self, settlements: Sequence[Settlement]) -> dict[MessageKey, bool]:
        """Tell each outcome, and the token that came too late."""
        answers = super().settle(settlements)
        self._tell_each(_outcomes(settlements, answers))
        return answers

    def turn(
        self, settlements: Sequence[Settlement], openings: Sequence[Opening], *, lease: timedelta
    ) -> Turned:
        """Tell both."""
        settled, opened = super().turn(settlements, openings, lease=lease)
        self._tell_each([*_outcomes(settlements, settled), *_gate(opened)])
        return settled, opened

    def _tell_each(self, moves: Sequence[str]) -> None:
        """A line for each move, in one writing: the moment and the level are the same."""
        if moves:
            self._log.info("moved", each=moves)

    def resolve(self, key: MessageKey, state: State, reason: Reason) -> bool:
        """Tell who decided: evidence, or somebody by hand."""
        moved = super().resolve(key, state, reason)
        if moved:
            self._log.info("resolved", key=str(key), after=state, reason=reason)
        return moved

    def reap(self, *, limit: int = 500) -> tuple[Entry, ...]:
        """Tell what a lost worker held."""
        entries = super().reap(limit=limit)
        for entry in entries:
            self._log.warning(
                "reaped", key=str(entry.key), before=entry.before, after=entry.after, reason=entry.reason
            )
        return entries

    def record_answer(self, answer: Answer) -> bool:
        """Tell each answer once, without what was remarked in it."""
        new = super().record_answer(answer)
        if new:
            who = {"meeting": answer.meeting, "person": answer.person, "mail": answer.mail}
            self._log.info(
                "answered", **who, answer=answer.partstat, via=answer.via, sequence=answer.sequence
            )
        return new

    def keep_aside(self, aside: Aside) -> bool:
        """Tell each mail that waits for a person, without its sender and subject."""
        new = super().keep_aside(aside)
        if new:
            who = {"meeting": aside.meeting, "person": aside.person, "mail": aside.mail}
            self._log.info("kept aside", **who, why=aside.why)
        return new

    def suppress(self, suppression: Suppression) -> None:
        """Tell that somebody is written to no more, and why; not who."""
        super().suppress(suppression)
        self._log.info("suppressed", cause=suppression.cause, scope=suppression.scope)


def _gate(answers: Mapping[MessageKey, Reason | None]) -> list[str]:
    return [gate_words(key, refused) for key, refused in answers.items()]


def _outcomes(settlements: Sequence[Settlement], held: Mapping[MessageKey, bool]) -> list[str]:
    return [outcome_words(one) if held[one.claim.key] else too_late_words(one) for one in settlements]
