"""What watchers ask, from the same Redis: nothing here is on the way of a mail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from worker.adapters import keys
from worker.adapters.entries import PAGE, told_of
from worker.adapters.moments import from_ms, ms, to_ms
from worker.adapters.redis_campaigns import record_of
from worker.adapters.scripts import Script
from worker.domain.ledger import Record
from worker.domain.life import FORGOTTEN, LifeSign, Part
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey, without_round
from worker.domain.reason import Reason
from worker.ports import Moves

#: Of a queue, a hash or a ledger, read in one call: large ones must not make a worker wait.
_PAGE = 1000

_UNSETTLED = (State.IN_DOUBT, State.DEAD)


class RedisWatching:
    """`ports.Watching` on Redis."""

    _redis: Any
    _scripts: dict[str, Script]

    def waiting(self, edition: str, *, before: datetime) -> Iterator[tuple[str, datetime]]:
        """Page by page, the latest first: what workers take meanwhile they take from the other end."""
        for lane in keys.LANES:
            yield from self._waiting_in(keys.due(lane, edition), to_ms(before))

    def _waiting_in(self, queue: str, before: int) -> Iterator[tuple[str, datetime]]:
        start = 0
        while page := self._redis.zrevrangebyscore(
            queue, f"({before}", "-inf", start=start, num=_PAGE, withscores=True
        ):
            for field, due in page:
                yield without_round(field.partition(".")[0]), from_ms(due)
            start += len(page)

    def unsettled(self, edition: str) -> tuple[Record, ...]:
        """Read through only while the counters say that there are any."""
        counts = self._redis.hgetall(keys.named("counts", edition))
        if not any(
            int(n) and name.endswith(tuple(f":{s}" for s in _UNSETTLED)) for name, n in counts.items()
        ):
            return ()
        found = self._redis.hscan_iter(keys.named("messages", edition), count=_PAGE)
        texts = {field: text for field, text in found if any(f'"{state}"' in text for state in _UNSETTLED)}
        records = (record_of(edition, field, json.loads(text)) for field, text in sorted(texts.items()))
        return tuple(record for record in records if record.state in _UNSETTLED)

    def left_since(self, edition: str, moment: datetime) -> dict[MessageKey, datetime]:
        """The ledger read from its end until the moment: a day's worth, however long the campaign is."""
        found: dict[MessageKey, datetime] = {}
        end, stream = "+", keys.named("entries", edition)
        while page := self._redis.xrevrange(stream, end, "-", count=PAGE):
            for _, words in page:
                at = from_ms(words["t"])
                if at < moment:
                    return found
                if words["a"] == State.SENDING:
                    for field in told_of(words):
                        found.setdefault(MessageKey.parse(f"{edition}.{field}"), at)
            end = f"({page[-1][0]}"
        return found

    def moves(self) -> Moves:
        """What is new is counted first, in the ledger itself: any number of processes may ask."""
        for edition in sorted(self._redis.smembers(keys.EDITIONS)):
            self._count(edition)
        sums = self._redis.hgetall(keys.MOVES)
        return {_kind(name): int(number) for name, number in sums.items()}

    def _count(self, edition: str) -> None:
        bundle = [*keys.bundle(edition), keys.MOVES, keys.MOVES_COUNTED]
        while int(self._scripts["count_moves"](keys=bundle, args=[edition, PAGE])) == PAGE:
            pass

    def show_life(self, part: Part, name: str, lanes: tuple[str, ...] = ()) -> None:
        """At the server's time; who was not heard of for a day goes."""
        now = self._real_ms()
        pipe = self._redis.pipeline(transaction=False)
        pipe.zadd(keys.LIFE, {_member(part, name, lanes): now})
        pipe.zremrangebyscore(keys.LIFE, "-inf", now - ms(FORGOTTEN))
        pipe.execute()

    def take_leave(self, part: Part, name: str) -> None:
        """Whatever it listened to."""
        own = _member(part, name, ())
        gone = [member for member in self._redis.zrange(keys.LIFE, 0, -1) if member.startswith(own)]
        if gone:
            self._redis.zrem(keys.LIFE, *gone)

    def life_signs(self) -> tuple[LifeSign, ...]:
        """Two round trips."""
        now = self._real_ms()
        found = self._redis.zrangebyscore(keys.LIFE, now - ms(FORGOTTEN), "+inf", withscores=True)
        return tuple(_sign(member, int(at), now) for member, at in sorted(found))

    def _real_ms(self) -> int:
        seconds, micros = self._redis.time()
        return int(seconds) * 1000 + int(micros) // 1000


def _member(part: Part, name: str, lanes: tuple[str, ...]) -> str:
    return f"{part}/{name}/{','.join(lanes)}"


def _sign(member: str, at: int, now: int) -> LifeSign:
    part, name, lanes = member.split("/")
    moment = from_ms(at)
    listening = tuple(lane for lane in lanes.split(",") if lane)
    return LifeSign(Part(part), name, moment, max(from_ms(now), moment) - moment, listening)


def _kind(name: str) -> tuple[str, State, Reason]:
    step, state, reason = name.rsplit(":", 2)
    return step, State(state), Reason(reason)
