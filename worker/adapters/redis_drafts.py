"""Drafts of their own in Redis: the letter's name on the first line, below it the text as it was written."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from redis import Redis

from worker.adapters import keys
from worker.adapters.redis_questions import Question, ask, of_members
from worker.domain.message import MessageKey
from worker.domain.own_draft import OwnDraft


class RedisDrafts:
    """`ports.Drafts` on Redis."""

    def __init__(self, client: Redis) -> None:
        """Use this client, which must decode responses."""
        self._redis: Any = client

    def keep_draft(self, key: MessageKey, draft: OwnDraft) -> None:
        """One field a message. No JSON: who is erased is looked for in the words as they stand."""
        self._redis.hset(keys.named("drafts", key.edition), _field(key), f"{draft.letter}\n{draft.text}")

    def drop_draft(self, key: MessageKey) -> bool:
        """One field."""
        return bool(self._redis.hdel(keys.named("drafts", key.edition), _field(key)))

    def drafts(
        self, edition_id: str, asked: Iterable[MessageKey] | None = None
    ) -> dict[MessageKey, OwnDraft]:
        """One HMGET, or all of the few there are."""
        if asked is not None:
            return ask(self._redis, drafts_asked(edition_id, list(asked)))
        found = sorted(self._redis.hgetall(keys.named("drafts", edition_id)).items())
        return {MessageKey.parse(f"{edition_id}.{field}"): _draft(text) for field, text in found}


def drafts_asked(edition_id: str, asked: Collection[MessageKey]) -> Question[dict[MessageKey, OwnDraft]]:
    """Those of these messages."""
    fields = [f"{key.step}.{key.person}" for key in asked]
    return of_members(keys.named("drafts", edition_id), fields, lambda texts: _drafts(asked, texts))


def whether_drafts_asked(edition_id: str) -> Question[bool]:
    """Whether any message of the edition has one."""
    return Question(("EXISTS", keys.named("drafts", edition_id)), bool)


def _drafts(asked: Iterable[MessageKey], texts: Iterable[str | None]) -> dict[MessageKey, OwnDraft]:
    return {key: _draft(text) for key, text in zip(asked, texts, strict=True) if text}


def _field(key: MessageKey) -> str:
    return f"{key.step}.{key.person}"


def _draft(kept: str) -> OwnDraft:
    letter, _, text = kept.partition("\n")
    return OwnDraft(letter, text)
