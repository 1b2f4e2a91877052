"""What people answered, and the mails kept aside, in Redis."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from redis import Redis

from worker.adapters import keys, records
from worker.adapters.redis_questions import Question, ask, of_members
from worker.adapters.scripts import register
from worker.domain.answer import Answer
from worker.domain.forwarded import Original
from worker.domain.inbound import Aside
from worker.ports.mailroom import MOST_ANSWERS


class RedisAnswers:
    """`ports.mailroom.Answers` on Redis."""

    def __init__(self, client: Redis) -> None:
        """Use this client, which must decode responses."""
        self._redis: Any = client
        self._answer = register(client)["answer"]

    def record_answer(self, answer: Answer) -> bool:
        """One script: whether the mail is new, and the answer, together."""
        return bool(
            self._answer(
                keys=[*keys.bundle(answer.meeting), keys.named("answers", answer.meeting)],
                args=[answer.meeting, answer.person, answer.mail, records.answer_text(answer), MOST_ANSWERS],
            )
        )

    def answers(self, meeting: str, people: Iterable[str] | None = None) -> tuple[Answer, ...]:
        """One field a person, in the order of their ids or as asked."""
        if people is not None:
            return ask(self._redis, answers_asked(meeting, list(people)))
        return _answers(
            text for _, text in sorted(self._redis.hgetall(keys.named("answers", meeting)).items())
        )

    def keep_original(self, mail: str, raw: bytes) -> int:
        """Numbered first: two who keep the same mail at once leave a gap in the numbers and nothing else."""
        if not self._redis.hexists(keys.ORIGINAL_NUMBERS, mail):
            self._redis.hsetnx(keys.ORIGINAL_NUMBERS, mail, self._redis.incr(keys.ORIGINAL_NUMBER))
        number = int(self._redis.hget(keys.ORIGINAL_NUMBERS, mail))
        self._redis.hset(keys.ORIGINALS, str(number), records.original_text(Original(mail, raw)))
        return number

    def original(self, number: int) -> Original | None:
        """One field."""
        text = self._redis.hget(keys.ORIGINALS, str(number))
        return records.original(text) if text else None

    def originals(self) -> tuple[int, ...]:
        """By number, which is by age."""
        return tuple(sorted(map(int, self._redis.hkeys(keys.ORIGINALS))))

    def drop_original(self, number: int) -> bool:
        """Its number stays its own."""
        return bool(self._redis.hdel(keys.ORIGINALS, str(number)))

    def keep_aside(self, aside: Aside) -> bool:
        """What stands stays as it is."""
        return bool(self._redis.hsetnx(keys.ASIDE, aside.mail, records.aside_text(aside)))

    def let_go(self, mail: str) -> bool:
        """The mail itself stays in its folder."""
        return bool(self._redis.hdel(keys.ASIDE, mail))

    def kept_aside(self) -> tuple[Aside, ...]:
        """By the moment they were read."""
        return ask(self._redis, aside_asked())


def answers_asked(meeting: str, people: Collection[str]) -> Question[tuple[Answer, ...]]:
    """What these people said about a meeting."""
    return of_members(keys.named("answers", meeting), people, _answers)


def _answers(texts: Iterable[str | None]) -> tuple[Answer, ...]:
    return tuple(answer for text in texts if text for answer in records.answers(text))


def aside_asked() -> Question[tuple[Aside, ...]]:
    """All of them."""
    return Question(("HGETALL", keys.ASIDE), _asides)


def _asides(kept: Mapping[str, str]) -> tuple[Aside, ...]:
    found = map(records.aside, kept.values())
    return tuple(sorted(found, key=lambda aside: (aside.received, aside.mail)))
