"""A ledger that is older than what was sent: find out what it forgot, and bring it up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from worker.domain.journal import Account
from worker.domain.ledger import Record
from worker.domain.lifecycle import IN_HAND, WAITING, State
from worker.domain.message import MessageKey
from worker.domain.notice import HOUSE, NoticeKind
from worker.ports import Store


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What the ledger does not know: `findings` of journals; `unsure` fell due meanwhile, and nobody tells of it."""

    passages: int
    findings: Mapping[MessageKey, State]
    unsure: frozenset[MessageKey]

    @property
    def all(self) -> dict[MessageKey, State]:
        """Where each of these messages is to be brought."""
        return {**dict.fromkeys(self.unsure, State.IN_DOUBT), **self.findings}


class Journals(Enum):
    """Whether the journals given are all there are."""

    ALL = auto()
    PERHAPS_NOT_ALL = auto()


def forgotten(store: Store, account: Account, given: Journals) -> Forgotten:
    """Compare the ledger with what was written beside it. Changes nothing.

    Where passages are missing from the journals, or there is none at all, what fell due meanwhile may have left from
    a machine that nobody asked, unless all journals there are were given.
    """
    known = store.ledger().sequence
    complete = given is Journals.ALL or (account.highest > known and account.covers(known))
    unsure = frozenset[MessageKey]() if complete else _fell_due(store) - set(account.times)
    states = {r.key: r.state for name in _editions(account) for r in store.records(name)}
    late = account.passed(known) | {key for key in _passed_more_often(store, account) if key in states}
    late |= {key for key, state in states.items() if state is State.SENDING and _is_told(account, key)}
    changes = {key: s for key, s in account.findings(late).items() if _differs(states.get(key), s)}
    return Forgotten(max(account.highest, known), changes, unsure)


def _is_told(account: Account, key: MessageKey) -> bool:
    """Whether the relay's answer to a message is known for good, so that it need not be in doubt."""
    return account.words.get(key) in (State.SENT, State.BOUNCED)


def _passed_more_often(store: Store, account: Account) -> frozenset[MessageKey]:
    """Messages of whose passages the ledger forgot one, also where it has counted as many others since."""
    entries = (entry for name in _editions(account) for entry in store.entries(name))
    here = Counter(entry.key for entry in entries if entry.after is State.SENDING)
    return frozenset(key for key, times in account.times.items() if times > here[key])


def _editions(account: Account) -> frozenset[str]:
    return frozenset(key.edition for key in account.times)


def reconcile(store: Store, missing: Forgotten) -> int:
    """Bring the ledger up to date, and let it send again; gives how many messages moved."""
    moved = store.reconcile(missing.all)
    store.release_ledger(missing.passages)
    for notice in store.open_notices():
        if notice.kind is NoticeKind.LEDGER_HELD:
            store.close_notice(notice.edition, notice.kind)
    return moved


def _differs(before: State | None, told: State) -> bool:
    return before not in {told, State.BOUNCED, State.SENT}


def _fell_due(store: Store) -> frozenset[MessageKey]:
    now = store.now()
    editions = (edition for edition in store.editions_ever() if edition != HOUSE)
    return frozenset(
        record.key for name in editions for record in store.records(name) if _may_have_left(record, now)
    )


def _may_have_left(record: Record, now: datetime) -> bool:
    due = record.due is not None and record.due <= now
    return record.state in IN_HAND or (record.state in WAITING and due)
