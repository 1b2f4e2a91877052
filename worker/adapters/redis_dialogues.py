"""The dialogues of editions, who rests, and unclear names, in Redis."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from redis import Redis

from worker.adapters import keys, voice_records
from worker.adapters.scripts import register
from worker.domain.dialogue import Met, Said, Voice
from worker.domain.portrait import Portrait
from worker.domain.rest import Rest
from worker.domain.unclear import UnclearName
from worker.ports.dialogues import MOST_UNCLEAR, Uttered


class RedisDialogues:
    """`ports.dialogues.Dialogues` on Redis."""

    def __init__(self, client: Redis) -> None:
        """Use this client, which must decode responses."""
        self._redis: Any = client
        scripts = register(client)
        self._utter, self._hear = scripts["utter"], scripts["hear"]

    def utter(self, edition_id: str, mails: Mapping[str, Uttered]) -> None:
        """All mails of a batch in one script."""
        if mails:
            told = {person: voice_records.uttered_fields(mail) for person, mail in mails.items()}
            self._utter(keys=self._keys(edition_id), args=[edition_id, json.dumps(told)])

    def voices(self, edition_id: str, people: Iterable[str] | None = None) -> dict[str, Voice]:
        """One field a person."""
        return {
            person: voice_records.voice(text) for person, text in self._fields("dialogue", edition_id, people)
        }

    def hear(self, edition_id: str, person: str, other: str, said: Said) -> bool:
        """One script over both voices."""
        return bool(self._hear(keys=self._keys(edition_id), args=[edition_id, person, other, said.value]))

    def hear_of_meeting(self, edition_id: str, person: str, met: Met) -> None:
        """The same script."""
        self._hear(keys=self._keys(edition_id), args=[edition_id, person, "", met.value])

    def save_portraits(self, edition_id: str, portraits: Mapping[str, Mapping[str, Portrait]]) -> None:
        """The old ones go and the new ones come together."""
        name = keys.named("portraits", edition_id)
        pipe = self._redis.pipeline(transaction=True)
        pipe.delete(name)
        if portraits:
            kept = {person: voice_records.portraits_text(own) for person, own in portraits.items()}
            pipe.hset(name, mapping=kept)
        pipe.execute()

    def portraits(self, edition_id: str, people: Iterable[str]) -> dict[str, dict[str, Portrait]]:
        """One field a person."""
        found = self._fields("portraits", edition_id, people)
        return {person: voice_records.portraits(text) for person, text in found}

    def rests(self, series: str, people: Iterable[str]) -> dict[str, Rest]:
        """One field a person."""
        return {person: voice_records.rest(text) for person, text in self._fields("rests", series, people)}

    def save_rest(self, series: str, person: str, rest: Rest) -> None:
        """The last one stands."""
        self._redis.hset(keys.named("rests", series), person, voice_records.rest_text(rest))

    def keep_unclear(self, edition_id: str, unclear: UnclearName) -> bool:
        """What stands stays as it is."""
        name = keys.named("unclear", edition_id)
        if self._redis.hlen(name) >= MOST_UNCLEAR:
            return False
        return bool(self._redis.hsetnx(name, unclear.name, voice_records.unclear_text(unclear)))

    def unclear_names(self, edition_id: str) -> tuple[UnclearName, ...]:
        """By the moment they were written."""
        texts = self._redis.hvals(keys.named("unclear", edition_id))
        found = (voice_records.unclear(text) for text in texts)
        return tuple(sorted(found, key=lambda each: (each.since, each.name)))

    def clear(self, edition_id: str, unclear: UnclearName) -> bool:
        """One field."""
        return bool(self._redis.hdel(keys.named("unclear", edition_id), unclear.name))

    def forget_dialogue(self, person: str, series: str, editions: Iterable[str]) -> None:
        """Their own fields; others keep that they were asked about somebody, under an id that means nobody now."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hdel(keys.named("rests", series), person)
        for edition_id in editions:
            for unclear in self.unclear_names(edition_id):
                if person == unclear.person or person in unclear.candidates:
                    pipe.hdel(keys.named("unclear", edition_id), unclear.name)
            pipe.hdel(keys.named("dialogue", edition_id), person)
            pipe.hdel(keys.named("portraits", edition_id), person)
        pipe.execute()

    def _keys(self, edition_id: str) -> list[str]:
        return [*keys.bundle(edition_id), keys.named("dialogue", edition_id)]

    def _fields(self, kind: str, owner: str, people: Iterable[str] | None) -> list[tuple[str, str]]:
        """The fields of these people, or all of them, that are there."""
        name = keys.named(kind, owner)
        if people is None:
            return sorted(self._redis.hgetall(name).items())
        wanted = list(people)
        texts = self._redis.hmget(name, wanted) if wanted else []
        return [(person, text) for person, text in zip(wanted, texts, strict=True) if text]
