"""Drafts of their own in memory: the same promises as `redis_drafts`."""

from __future__ import annotations

from collections.abc import Iterable

from worker.adapters.memory_state import Memory
from worker.domain.message import MessageKey
from worker.domain.own_draft import OwnDraft


class MemoryDrafts:
    """`ports.Drafts` in memory."""

    memory: Memory

    def keep_draft(self, key: MessageKey, draft: OwnDraft) -> None:
        """See the port."""
        self.memory.drafts[key] = draft

    def drop_draft(self, key: MessageKey) -> bool:
        """See the port."""
        return self.memory.drafts.pop(key, None) is not None

    def drafts(
        self, edition_id: str, asked: Iterable[MessageKey] | None = None
    ) -> dict[MessageKey, OwnDraft]:
        """See the port."""
        kept = sorted(key for key in self.memory.drafts if key.edition == edition_id)
        wanted = kept if asked is None else asked
        return {key: self.memory.drafts[key] for key in wanted if key in self.memory.drafts}
