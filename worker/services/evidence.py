"""Findings that end doubts: an answer, a bounce, or a look into the mailboxes themselves."""

from __future__ import annotations

from collections.abc import Callable

from worker.domain.evidence import Evidence
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason
from worker.ports import Store
from worker.services.doubts import doubts


def hear(store: Store, evidence: Evidence) -> bool:
    """Let a finding end a doubt, also one that already waits to go again; a bounce also unsays `sent`.

    False when there was nothing to end: the same finding twice, or about a message that never left.
    """
    return store.resolve(evidence.key, evidence.state, Reason.EVIDENCE)


Look = Callable[[MessageKey], bool]


def settle_by_looking(store: Store, edition_id: str, has_arrived: Look) -> dict[MessageKey, bool]:
    """End every doubt by looking: arrived is sent, not arrived goes again. Gives what was found for each.

    Only where the look is complete, as into the mailboxes themselves: an absence must prove something.
    """
    found = {record.key: has_arrived(record.key) for record in doubts(store, edition_id)}
    for key, arrived in found.items():
        store.resolve(key, State.SENT if arrived else State.SCHEDULED, Reason.EVIDENCE)
    return found
