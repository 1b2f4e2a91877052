"""The schedule in Redis: one method, one script, one round trip (planning: one for each thousand decisions)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import Any

from redis import Redis

from worker.adapters import keys
from worker.adapters.journal import Witness
from worker.adapters.moments import from_ms, ms, to_ms, written
from worker.adapters.redis_words import (
    by_edition,
    chunked,
    claims_of,
    day_of,
    field_of,
    openings_text,
    policies_text,
    settled_by,
    settlements_text,
)
from worker.adapters.scripts import register
from worker.adapters.until_heard import until_heard
from worker.domain.delivery import POISON_AFTER, Claim, Opening, Settlement
from worker.domain.ledger import Entry, LedgerMark, Policy
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.pace import RelayLimits
from worker.domain.plan import Decision, Plan, Unwanted
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.ports import Turned

#: Of what is about a claim.
_EDITION: Callable[[Opening | Settlement], str] = attrgetter("claim.key.edition")


class RedisSchedule:
    """`ports.Schedule` on Redis, Valkey or KeyDB ≥ 6.2; the client must decode responses."""

    _limits: RelayLimits
    _slot: str
    ledger: Callable[[], LedgerMark]

    def __init__(self, client: Redis, witness: Witness) -> None:
        """Use this client; scripts load themselves when first called. `witness` writes down what passes the gate."""
        self._redis: Any = client
        self._scripts, self._witness = register(client), witness

    def _run(self, script: str, edition: str, *arguments: Any, token: str = keys.NO_CLAIM) -> Any:
        return self._scripts[script](keys=keys.bundle(edition, token), args=[edition, *arguments])

    def _run_gate(self, script: str, openings: Sequence[Opening], edition: str, *arguments: Any) -> Any:
        bundle = [*keys.bundle(edition), keys.given(day_of(openings))]
        return self._scripts[script](keys=bundle, args=[edition, *arguments])

    def now(self) -> datetime:
        """The mapped moment while there is one, else the server's time; both are asked in one round trip."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.hget(keys.CLOCK, "at")
        pipe.time()
        return _moment(*pipe.execute())

    def set_clock(self, moment: datetime | None) -> None:
        """Let the ledger's clock stand at `moment` until it leaps; None gives real time back. Demo and tests only."""
        if moment is None:
            self._redis.delete(keys.CLOCK)
        else:
            self._redis.hset(keys.CLOCK, "at", written(moment))

    def plan(self, plan: Plan, policies: Mapping[str, Policy], *, reason: Reason) -> int:
        """Replace the edition's plan; on a race with another planner, decide again from what is there then."""
        self._redis.sadd(keys.EDITIONS, plan.edition)
        while True:
            generation = self._write_plan(plan, policies, reason)
            if generation >= 0 or plan.since is not None:
                return generation

    def _write_plan(self, plan: Plan, policies: Mapping[str, Policy], reason: Reason) -> int:
        bundle = keys.bundle(plan.edition)
        generation = int(self._redis.hget(bundle[7], "generation") or 0)
        if plan.since not in (None, generation):
            return -1
        decisions = [*plan.decisions, *self._unnamed(plan)]
        expected, made = generation, generation + bool(plan.steps)
        rules = policies_text(policies)
        for chunk in chunked(decisions):
            answer = self._run("plan", plan.edition, expected, made, reason, rules, json.dumps(chunk))
            if int(answer) < 0:
                return -1
            expected = made
        return made

    def _unnamed(self, plan: Plan) -> Iterator[Decision]:
        named = {decision.key for decision in plan.decisions}
        for field in self._redis.hkeys(keys.named("messages", plan.edition)):
            key = MessageKey.parse(f"{plan.edition}.{field}")
            if key not in named and key.step_name in plan.steps:
                yield Unwanted(key, Reason.NOT_ON_LIST)

    def claim(self, lane: Lane, *, token: str, limit: int, lease: timedelta) -> tuple[Claim, ...]:
        """From the edition whose next message has waited longest."""
        known = self._limits
        limits = (known.per_second, known.per_day, known.connections, self._slot, self._witness.fresh_mark())
        for edition in self._editions_due(lane):
            answer = self._run("claim", edition, lane, token, limit, ms(lease), *limits, token=token)
            if answer is None:
                self._witness.refused(self.ledger())
                break
            if answer:
                return claims_of(edition, token, answer)
        return ()

    def _editions_due(self, lane: Lane) -> list[str]:
        """The first twenty; the agenda comes together with the moment."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.hget(keys.CLOCK, "at")
        pipe.time()
        pipe.zrange(keys.agenda(lane), 0, 19, withscores=True)
        mapped, real, agenda = pipe.execute()
        now = to_ms(_moment(mapped, real))
        return [edition for edition, due in agenda if due <= now]

    def open_gate(self, openings: Sequence[Opening], *, lease: timedelta) -> dict[MessageKey, Reason | None]:
        """One script for each edition among the openings (a claimed batch has one)."""
        answers: dict[MessageKey, Reason | None] = {}
        for edition, group in by_edition(openings, _EDITION).items():
            sent = (ms(lease), openings_text(group))
            words = self._run_gate("open_gate", group, edition, *sent, *self._pace(), *self._own())
            answers |= self._opened(group, words)
        return answers

    def settle(self, settlements: Sequence[Settlement]) -> dict[MessageKey, bool]:
        """One script for each edition among the settlements; said again until the server hears it."""
        answers: dict[MessageKey, bool] = {}
        for edition, group in by_edition(settlements, _EDITION).items():
            said = partial(self._run, "settle", edition, settlements_text(group), *self._pace())
            answers |= settled_by(group, until_heard(said))
        self._witness.settled(settlements)
        return answers

    def turn(
        self, settlements: Sequence[Settlement], openings: Sequence[Opening], *, lease: timedelta
    ) -> Turned:
        """One script for each edition among them."""
        settled: dict[MessageKey, bool] = {}
        opened: dict[MessageKey, Reason | None] = {}
        ended = by_edition(settlements, _EDITION)
        asked = by_edition(openings, _EDITION)
        for edition in {**ended, **asked}:
            before, after = ended.get(edition, []), asked.get(edition, [])
            sent = (settlements_text(before), ms(lease), openings_text(after))
            words = self._run_gate("turn", after, edition, *sent, *self._pace(), *self._own())
            settled |= settled_by(before, words[0])
            opened |= self._opened(after, words[1])
        self._witness.settled(settlements)
        return settled, opened

    def _own(self) -> tuple[str, str]:
        return self._slot, self._witness.mark()

    def _opened(self, group: Sequence[Opening], words: Sequence[Any]) -> dict[MessageKey, Reason | None]:
        """The gate's answers; what passed is written down before anybody hears of it."""
        sequence, *reasons = words
        answers = {o.claim.key: Reason(w) if w else None for o, w in zip(group, reasons, strict=True)}
        passed = [key for key, reason in answers.items() if reason is None]
        if passed:
            self._witness.passed(int(sequence), passed)
        return answers

    def _pace(self) -> tuple[float, int]:
        return self._limits.per_second, self._limits.per_day

    def reap(self, *, limit: int = 500) -> tuple[Entry, ...]:
        """Leases are judged again inside the script: two reapers do no harm."""
        seconds, micros = self._redis.time()
        late = self._redis.zrangebyscore(
            keys.LEASES, "-inf", seconds * 1000 + micros // 1000, start=0, num=limit
        )
        return tuple(
            entry
            for edition, group in by_edition(map(MessageKey.parse, late), attrgetter("edition")).items()
            for entry in self._reap(edition, group)
        )

    def _reap(self, edition: str, late: Sequence[MessageKey]) -> Iterator[Entry]:
        words = self._run("reap", edition, POISON_AFTER, json.dumps([field_of(key) for key in late]))
        now = self.now()
        for field, before, after in zip(words[::3], words[1::3], words[2::3], strict=True):
            key = MessageKey.parse(f"{edition}.{field}")
            reason = Reason.WORKER_LOST if before == State.SENDING else Reason.LEASE_RAN_OUT
            yield Entry(
                key, now, State(before), State(after), Reason.POISON if after == State.DEAD else reason
            )

    def resolve(self, key: MessageKey, state: State, reason: Reason) -> bool:
        """One script."""
        return bool(self._run("resolve", key.edition, field_of(key), state, reason))

    def backlog(self, lane: Lane) -> int:
        """Editions that may not send yet are not in the agenda, so they do not count."""
        now = written(self.now())
        pipe = self._redis.pipeline(transaction=False)
        for edition in self._redis.zrangebyscore(keys.agenda(lane), "-inf", now):
            pipe.zcount(keys.due(lane, edition), "-inf", now)
        return sum(pipe.execute())

    def next_due(self, lane: Lane) -> datetime | None:
        """The head of the lane's agenda."""
        head = self._redis.zrange(keys.agenda(lane), 0, 0, withscores=True)
        return from_ms(head[0][1]) if head else None

    def leap(self) -> datetime:
        """One script; on real time it only tells it."""
        return from_ms(self._run("leap", "-"))


def _moment(mapped: str | None, real: tuple[int, int]) -> datetime:
    seconds, micros = real
    return from_ms(seconds * 1000 + micros // 1000 if mapped is None else mapped)
