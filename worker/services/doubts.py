"""Doubts, and how a person ends them; `services/evidence` is the other way."""

from __future__ import annotations

from worker.domain.errors import Refused
from worker.domain.ledger import Record
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason
from worker.ports import Store


def doubts(store: Store, edition_id: str) -> tuple[Record, ...]:
    """The messages of an edition that may or may not have arrived."""
    return tuple(record for record in store.unsettled(edition_id) if record.state is State.IN_DOUBT)


def decide(store: Store, key: MessageKey, state: State) -> None:
    """A person ends a doubt: it was sent, or it goes again. Refused when there is none."""
    in_doubt = key in {record.key for record in doubts(store, key.edition)}
    if not in_doubt or not store.resolve(key, state, Reason.BY_HAND):
        raise Refused(f"{key} is not in doubt: see apres doubts {key.edition}")
