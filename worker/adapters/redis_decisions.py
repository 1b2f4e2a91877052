"""Suppressions and notices in Redis: what people decided, and what waits for them to decide."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from redis import Redis

from worker.adapters import keys, records
from worker.adapters.redis_questions import Question, of_members
from worker.domain.notice import Notice
from worker.domain.refusals import Lift
from worker.domain.suppression import Suppression
from worker.mail.fingerprint import person_id


class RedisSuppressions(ABC):
    """`ports.Suppressions` on Redis; the scripts of claim and gate read the same hash."""

    def __init__(self, client: Redis) -> None:
        """Use this client, which must decode responses."""
        self._redis: Any = client

    def suppress(self, suppression: Suppression) -> None:
        """The first word stands, but a person's own act outweighs any other's, also one of the same moment."""
        self._redis.transaction(lambda pipe: self._weigh(pipe, suppression), keys.SUPPRESSIONS)

    def _weigh(self, pipe: Any, suppression: Suppression) -> None:
        text, now = pipe.hget(keys.SUPPRESSIONS, suppression.field), self.now()
        kept = records.suppression(text) if text else None
        pipe.multi()
        if suppression.outweighs(kept if kept and kept.stands_at(now) else None):
            pipe.hset(keys.SUPPRESSIONS, suppression.field, records.suppression_text(suppression))
            pipe.hset(keys.PRINTS, person_id(suppression.fingerprint), suppression.fingerprint)

    def lift(self, fingerprint: str, scope: str, because: str = "") -> bool:
        """One scope only."""
        lift = Lift(fingerprint, scope, self.now(), because)
        if not self._redis.hdel(keys.SUPPRESSIONS, lift.field):
            return False
        self._redis.hset(keys.LIFTED, lift.field, records.lift_text(lift))
        return True

    def lifted(self, fields: Iterable[str]) -> dict[str, Lift]:
        """One HMGET."""
        asked = list(fields)
        texts = self._redis.hmget(keys.LIFTED, asked) if asked else []
        return {field: records.lift(text) for field, text in zip(asked, texts, strict=True) if text}

    def standing(self, fields: Iterable[str]) -> dict[str, Suppression]:
        """One HMGET, however many are suppressed in all; the clock is asked only where one may have ended."""
        asked = list(fields)
        texts = self._redis.hmget(keys.SUPPRESSIONS, asked) if asked else []
        found = {field: records.suppression(text) for field, text in zip(asked, texts, strict=True) if text}
        if all(suppression.until is None for suppression in found.values()):
            return found
        now = self.now()
        return {field: suppression for field, suppression in found.items() if suppression.stands_at(now)}

    @abstractmethod
    def now(self) -> datetime:
        """The ledger's clock, from another room of the Store."""


def ever_suppressed_asked(fingerprints: Collection[str]) -> Question[frozenset[str]]:
    """Those that a suppression was ever kept of: their prints are written together with it, and stay."""
    people = list(map(person_id, fingerprints))
    return of_members(keys.PRINTS, people, lambda prints: _spoken_of(fingerprints, prints))


def _spoken_of(fingerprints: Iterable[str], prints: Iterable[str | None]) -> frozenset[str]:
    """By the short form alone: where two share it, only the last one's print is kept."""
    return frozenset(one for one, kept in zip(fingerprints, prints, strict=True) if kept)


class RedisNotices:
    """`ports.Notices` on Redis."""

    def __init__(self, client: Redis) -> None:
        """Use this client, which must decode responses."""
        self._redis: Any = client

    def raise_notice(self, notice: Notice) -> Notice | None:
        """Numbered once; an open one is kept as it is."""
        field = f"{notice.edition}/{notice.kind}"
        numbered = replace(notice, number=self._redis.incr(keys.NOTICE_NUMBER))
        kept = self._redis.hsetnx(keys.NOTICES, field, records.notice_text(numbered))
        return numbered if kept else None

    def close_notice(self, edition: str, kind: str) -> bool:
        """Its number is never used again."""
        return bool(self._redis.hdel(keys.NOTICES, f"{edition}/{kind}"))

    def open_notices(self) -> tuple[Notice, ...]:
        """By number, which is by age."""
        found = (records.notice(text) for text in self._redis.hgetall(keys.NOTICES).values())
        return tuple(sorted(found, key=lambda notice: notice.number))
