"""The two looks of a batch in memory: the single questions of the other rooms, one after the other."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from worker.adapters.memory_state import Memory
from worker.domain.consent import Word
from worker.domain.edition import Edition
from worker.domain.message import MessageKey
from worker.ports import Answers, Consents, Directory, Drafts
from worker.ports.batches import Surroundings, Wanted, Words


class _Rooms(Answers, Consents, Directory, Drafts, Protocol):
    memory: Memory


class MemoryBatches:
    """`ports.Batches` in memory."""

    def surroundings(self: _Rooms, edition_id: str, keys: Collection[MessageKey]) -> Surroundings:
        """See the port."""
        return Surroundings(
            self.edition(edition_id),
            self.guests(edition_id, dict.fromkeys(key.person for key in keys)),
            self.uninvited(edition_id),
            self.kept_aside(),
            self.guests_version(edition_id),
            self.drafts(edition_id, keys),
        )

    def words(self: _Rooms, edition: Edition, wanted: Wanted) -> Words:
        """See the port."""
        spoken_of = {one.fingerprint for one in self.memory.suppressions.values()}
        spoken_of |= {one.fingerprint for one in self.memory.lifted.values()}
        following, answering = edition.next, wanted.answering
        return Words(
            self.earlier_visits(edition.id, wanted.people),
            frozenset(spoken_of.intersection(wanted.fingerprints)),
            {field: Word(said.answer, said.at) for field, said in self.consents(wanted.consents).items()},
            self.seats(edition.id, answering),
            self.answers(following.id, answering) if following else (),
        )
