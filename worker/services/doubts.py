"""Doubts, and how they end: by evidence, or by a person."""

from __future__ import annotations

from collections.abc import Callable

from worker.domain.errors import Refused
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason
from worker.ports import Record, Store


def doubts(store: Store, edition_id: str) -> tuple[Record, ...]:
    """The messages of an edition that may or may not have arrived."""
    return tuple(record for record in store.records(edition_id) if record.state is State.IN_DOUBT)


Look = Callable[[MessageKey], bool]


def settle_by_evidence(store: Store, edition_id: str, has_arrived: Look) -> dict[MessageKey, bool]:
    """End every doubt by looking: arrived is sent, not arrived goes again. Gives what was found for each.

    Only for evidence that is complete, such as the mailboxes themselves: an absence must prove something.
    """
    found = {record.key: has_arrived(record.key) for record in doubts(store, edition_id)}
    for key, arrived in found.items():
        store.resolve(key, State.SENT if arrived else State.SCHEDULED, Reason.EVIDENCE)
    return found


def decide(store: Store, key: MessageKey, state: State) -> None:
    """A person ends a doubt: it was sent, or it goes again. Refused when there is none."""
    if not store.resolve(key, state, Reason.BY_HAND):
        raise Refused(f"{key} is not in doubt: see apres doubts {key.edition}")
