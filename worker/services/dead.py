"""What was set aside, by key, reason or step: sent after all, past every guard anew, or given up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from worker.domain.errors import Refused
from worker.domain.ledger import Record
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.notice import NoticeKind
from worker.domain.reason import Reason
from worker.ports import Store


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the messages set aside: these keys, this reason, this step; what is left out leaves it open."""

    keys: tuple[MessageKey, ...] = ()
    reason: Reason | None = None
    step: str = ""

    def takes(self, record: Record) -> bool:
        """Whether this one is meant."""
        return (
            (not self.keys or record.key in self.keys)
            and self.reason in (None, record.reason)
            and self.step in ("", record.key.step_name)
        )


def dead(store: Store, editions: Iterable[str]) -> tuple[Record, ...]:
    """Everything set aside in these editions."""
    found = (record for edition in editions for record in store.unsettled(edition))
    return tuple(record for record in found if record.state is State.DEAD)


def chosen(store: Store, editions: Sequence[str], choice: Choice) -> tuple[Record, ...]:
    """Those that are meant; Refused when a key among them is not set aside."""
    aside = dead(store, {*editions, *(key.edition for key in choice.keys)})
    strangers = sorted(map(str, set(choice.keys) - {record.key for record in aside}))
    if strangers:
        raise Refused(f"{', '.join(strangers)} is not set aside: see apres dead list")
    return tuple(record for record in aside if choice.takes(record))


def bring_back(store: Store, records: Iterable[Record]) -> int:
    """Each is due now and goes the whole way again; gives how many (somebody else may have been quicker)."""
    return _end(store, records, State.SCHEDULED)


def give_up(store: Store, records: Iterable[Record]) -> int:
    """Each is skipped by hand for good; gives how many."""
    return _end(store, records, State.SKIPPED)


def _end(store: Store, records: Iterable[Record], state: State) -> int:
    asked = tuple(records)
    moved = sum(store.resolve(record.key, state, Reason.BY_HAND) for record in asked)
    for edition in {record.key.edition for record in asked}:
        close_notices(store, edition)
    return moved


def close_notices(store: Store, edition: str) -> None:
    """Matters that nothing set aside speaks for any more are settled; doubts are looked for anew by the chores."""
    reasons = {record.reason for record in dead(store, [edition])}
    for reason, kind in (
        (Reason.COMPOSE_FAILED, NoticeKind.COMPOSE_FAILED),
        (Reason.LEAK, NoticeKind.LEAK),
        (Reason.POISON, NoticeKind.POISON),
    ):
        if reason not in reasons:
            store.close_notice(edition, kind)
