"""The log of consents in Redis: a stream that only grows, the records beside it, the last words in one hash."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from redis import Redis

from worker.adapters import keys, records
from worker.adapters.moments import from_ms, to_ms
from worker.adapters.redis_questions import Question, ask, of_members
from worker.adapters.scripts import register
from worker.domain.consent import Statement, Word
from worker.domain.consent_chain import Head, Link, Sealed, chained

_FIXED_KEYS = 3

Read = TypeVar("Read")


class RedisConsents:
    """`ports.Consents` on Redis."""

    def __init__(self, client: Redis) -> None:
        """Use this client, which must decode responses."""
        self._redis: Any = client
        self._consent = register(client)["consent"]

    def consent_head(self) -> Head:
        """The last entry of the stream."""
        last = self._redis.xrevrange(keys.CONSENTS, count=1)
        return Head(_number(last[0][0]), last[0][1]["hash"]) if last else Head()

    def append_consents(self, sealed: Sequence[Sealed], *, after: Head) -> bool:
        """One script, whatever the number."""
        if not sealed:
            return True
        people = list(dict.fromkeys(one.statement.person for one in sealed))
        places = {person: number for number, person in enumerate(people, start=_FIXED_KEYS + 1)}
        links = chained(after, sealed)
        items = [
            _item(places[one.statement.person], one, link) for one, link in zip(sealed, links, strict=True)
        ]
        own = [_records_of(person) for person in people]
        named = [keys.CONSENTS, keys.CONSENT, keys.CONSENT_PEOPLE, *own]
        return bool(self._consent(keys=named, args=[after.number, after.hash, json.dumps(items)]))

    def consents(self, fields: Iterable[str]) -> dict[str, Statement]:
        """One HMGET."""
        asked = list(fields)
        return ask(
            self._redis,
            of_members(keys.CONSENT, asked, lambda texts: _kept(asked, texts, records.statements)),
        )

    def consent_chain(self) -> tuple[Link, ...]:
        """The whole stream."""
        return tuple(
            Link(_number(name), from_ms(e["at"]), e["id"], e["digest"], e["before"], e["hash"])
            for name, e in self._redis.xrange(keys.CONSENTS)
        )

    def consent_records(self, people: Iterable[str] | None = None) -> dict[str, Sealed]:
        """One hash a person, all in one round trip."""
        wanted = sorted(self._redis.smembers(keys.CONSENT_PEOPLE)) if people is None else list(people)
        pipe = self._redis.pipeline(transaction=False)
        for person in wanted:
            pipe.hgetall(_records_of(person))
        return {name: records.sealed(text) for kept in pipe.execute() for name, text in kept.items()}

    def erase_consents(self, person: str) -> int:
        """All of it in one transaction."""
        own = self.consent_records([person])
        pipe = self._redis.pipeline(transaction=True)
        pipe.delete(_records_of(person))
        pipe.srem(keys.CONSENT_PEOPLE, person)
        for field in {one.statement.field for one in own.values()}:
            pipe.hdel(keys.CONSENT, field)
        pipe.execute()
        return len(own)

    def keep_wordings(self, texts: Mapping[str, str]) -> None:
        """A version is made from its text: the first is the only one."""
        for version, text in texts.items():
            self._redis.hsetnx(keys.WORDINGS, version, text)

    def wordings(self) -> dict[str, str]:
        """By version."""
        return dict(sorted(self._redis.hgetall(keys.WORDINGS).items()))


def words_asked(fields: Collection[str]) -> Question[dict[str, Word]]:
    """What counts of the last words."""
    return of_members(keys.CONSENT, fields, lambda texts: _kept(fields, texts, records.words))


def _kept(
    fields: Iterable[str], texts: Iterable[str | None], read: Callable[[Iterable[str]], Iterable[Read]]
) -> dict[str, Read]:
    kept = {field: text for field, text in zip(fields, texts, strict=True) if text}
    return dict(zip(kept, read(kept.values()), strict=True))


def _records_of(person: str) -> str:
    return keys.named("consent-records", person)


def _number(entry: str) -> int:
    return int(entry.partition("-")[0])


def _item(place: int, one: Sealed, link: Link) -> list[Any]:
    said = one.statement
    chain = (link.id, to_ms(link.at), link.digest, link.before, link.hash)
    return [place, said.person, *chain, said.field, records.statement_text(said), records.sealed_text(one)]
