"""The two looks of a batch in Redis: one round trip each, and one more where there are drafts, or editions before."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from redis import Redis

from worker.adapters.redis_answers import answers_asked, aside_asked
from worker.adapters.redis_consents import words_asked
from worker.adapters.redis_decisions import ever_suppressed_asked
from worker.adapters.redis_directory import (
    earlier_asked,
    edition_asked,
    guests_asked,
    seats_asked,
    uninvited_asked,
    version_asked,
    visits,
)
from worker.adapters.redis_drafts import drafts_asked, whether_drafts_asked
from worker.adapters.redis_questions import ask, ask_together
from worker.domain.edition import Edition
from worker.domain.message import MessageKey
from worker.ports.batches import Surroundings, Wanted, Words


class RedisBatches:
    """`ports.Batches` on Redis."""

    def __init__(self, client: Redis) -> None:
        """Use this client, which must decode responses."""
        self._redis: Any = client

    def surroundings(self, edition_id: str, keys: Collection[MessageKey]) -> Surroundings:
        """One round trip, and one more for an edition with drafts, of which most have none."""
        people = list(dict.fromkeys([key.person for key in keys]))
        edition, guests, uninvited, aside, version, has_drafts = ask_together(
            self._redis,
            edition_asked(edition_id),
            guests_asked(edition_id, people),
            uninvited_asked(edition_id),
            aside_asked(),
            version_asked(edition_id),
            whether_drafts_asked(edition_id),
        )
        drafts = ask(self._redis, drafts_asked(edition_id, keys)) if has_drafts else {}
        return Surroundings(edition, guests, uninvited, aside, version, drafts)

    def words(self, edition: Edition, wanted: Wanted) -> Words:
        """Who came before can be asked once it is known to what."""
        following, answering = edition.next, list(wanted.answering)
        earlier, *words = ask_together(
            self._redis,
            earlier_asked(edition),
            ever_suppressed_asked(wanted.fingerprints),
            words_asked(wanted.consents),
            seats_asked(edition.id, answering),
            answers_asked(following.id if following else "", answering if following else ()),
        )
        return Words(visits(self._redis, earlier, list(wanted.people)), *words)
