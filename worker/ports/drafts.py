"""Letters that organizers rewrote for one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from worker.domain.message import MessageKey
from worker.domain.own_draft import OwnDraft


class Drafts(Protocol):
    """Drafts of their own, by the message they are for. No plan and no import touches them."""

    def keep_draft(self, key: MessageKey, draft: OwnDraft) -> None:
        """Write this message from this draft; it replaces the one before."""

    def drop_draft(self, key: MessageKey) -> bool:
        """Write it from its template again; False when there was no draft."""

    def drafts(
        self, edition_id: str, asked: Iterable[MessageKey] | None = None
    ) -> Mapping[MessageKey, OwnDraft]:
        """All drafts of an edition, or those of these of its messages."""
