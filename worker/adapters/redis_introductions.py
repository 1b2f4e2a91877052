"""Plans of introductions, wishes, exclusions and swaps in Redis."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from redis import Redis
from redis.exceptions import WatchError

from worker.adapters import keys, records
from worker.adapters.moments import from_ms, read, to_ms, written
from worker.domain.introductions import Exclusion, IntroductionPlan, Pair, Place, Rung, Swap, pair, plan_of

#: Beside the people of a plan: its version and the moment it was frozen. No person's id has a colon.
_HEAD = ":head"


class RedisIntroductions:
    """`ports.introductions.Introductions` on Redis."""

    def __init__(self, client: Redis) -> None:
        """Use this client, which must decode responses."""
        self._redis: Any = client

    def freeze_introductions(self, plan: IntroductionPlan) -> bool:
        """All rows together, where there were none."""
        return self._exchange(plan, lambda head: head is None)

    def mend_introductions(self, plan: IntroductionPlan) -> bool:
        """All rows together, in place of the version before."""
        return self._exchange(plan, lambda head: head is not None and head["version"] == plan.version - 1)

    def _exchange(self, plan: IntroductionPlan, may: Callable[[dict[str, Any] | None], bool]) -> bool:
        name = keys.named("introductions", plan.edition)
        while True:
            with self._redis.pipeline(transaction=True) as pipe:
                try:
                    pipe.watch(name)
                    head = pipe.hget(name, _HEAD)
                    if not may(json.loads(head) if head else None):
                        return False
                    pipe.multi()
                    pipe.delete(name)
                    pipe.hset(name, mapping=_rows(plan))
                    pipe.execute()
                except WatchError:
                    continue
                return True

    def introductions(self, edition_id: str) -> IntroductionPlan | None:
        """Put together from everybody's place."""
        rows = self._redis.hgetall(keys.named("introductions", edition_id))
        if not rows:
            return None
        head = json.loads(rows.pop(_HEAD))
        places = [records.place(text) for text in rows.values()]
        return plan_of(places, edition=edition_id, version=head["version"], frozen=read(head["frozen"]))

    def places(self, edition_id: str, people: Iterable[str]) -> dict[str, Place] | None:
        """One question for all of them."""
        wanted = list(people)
        head, *rows = self._redis.hmget(keys.named("introductions", edition_id), [_HEAD, *wanted])
        if head is None:
            return None
        return {person: _place(text) for person, text in zip(wanted, rows, strict=True) if text}

    def suggested(self, editions: Iterable[str]) -> frozenset[Pair]:
        """Plan by plan: a plan is large."""
        plans = (self.introductions(edition) for edition in editions)
        return frozenset(each for plan in plans if plan for each in plan.pairs)

    def attendances(self, editions: Iterable[str]) -> dict[str, frozenset[str]]:
        """One question an edition, all in one round trip."""
        return {name: frozenset(there) for name, there in self._members("present", editions)}

    def wish(self, edition_id: str, person: str, other: str) -> None:
        """A member of a set."""
        self._redis.sadd(keys.named("wishes", edition_id), f"{person}:{other}")

    def unwish(self, edition_id: str, person: str, other: str) -> bool:
        """The other one's wish stays."""
        return bool(self._redis.srem(keys.named("wishes", edition_id), f"{person}:{other}"))

    def wishes(self, editions: Iterable[str]) -> frozenset[tuple[str, str]]:
        """One question an edition, all in one round trip."""
        found = (wish for _, wishes in self._members("wishes", editions) for wish in wishes)
        return frozenset((person, other) for person, _, other in (wish.partition(":") for wish in found))

    def _members(self, kind: str, editions: Iterable[str]) -> Iterable[tuple[str, set[str]]]:
        wanted = list(editions)
        pipe = self._redis.pipeline(transaction=False)
        for edition in wanted:
            pipe.smembers(keys.named(kind, edition))
        return zip(wanted, pipe.execute(), strict=True)

    def keep_apart(self, exclusion: Exclusion) -> bool:
        """The first moment stands."""
        name = _exclusion_field(exclusion.pair, exclusion.asked_by)
        return bool(self._redis.hsetnx(keys.APART, name, to_ms(exclusion.since)))

    def let_meet(self, two: Pair, asked_by: str = "") -> bool:
        """One field."""
        return bool(self._redis.hdel(keys.APART, _exclusion_field(two, asked_by)))

    def exclusions(self) -> tuple[Exclusion, ...]:
        """By moment, then by name."""
        found = (_exclusion(field, since) for field, since in self._redis.hgetall(keys.APART).items())
        return tuple(sorted(found, key=lambda one: (one.since, one.pair, one.asked_by)))

    def save_swaps(self, edition_id: str, swaps: Sequence[Swap]) -> None:
        """One list."""
        self._redis.set(keys.named("swaps", edition_id), records.swaps_text(swaps))

    def swaps(self, edition_id: str) -> tuple[Swap, ...]:
        """None were made where there is no list."""
        return records.swaps(self._redis.get(keys.named("swaps", edition_id)) or "[]")


def _rows(plan: IntroductionPlan) -> Mapping[str, str]:
    head = {"version": plan.version, "frozen": written(plan.frozen), "algorithm": plan.algorithm}
    return {_HEAD: json.dumps(head)} | {
        person: records.place_text(place) for person, place in plan.places.items()
    }


def _place(text: str) -> Place:
    """Somebody whose last partner was erased is the host's."""
    place = records.place(text)
    return place if place.suggestions else replace(place, rung=Rung.HOST)


def _exclusion_field(two: Pair, asked_by: str) -> str:
    return ":".join((*pair(*two), asked_by))


def _exclusion(field: str, since: str) -> Exclusion:
    a, b, asked_by = field.split(":")
    return Exclusion(a, b, from_ms(since), asked_by)
