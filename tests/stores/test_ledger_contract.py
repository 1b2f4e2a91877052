"""A ledger that is older than what was sent must not send: what both twins promise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pytest

from tests.stores.contract import (
    ANNE,
    BRUNO,
    CLARA,
    HOUR,
    NOON,
    AnyStore,
    armed,
    claim,
    sending,
    settled,
    states,
)
from worker.adapters.memory import MemoryStore
from worker.adapters.redis_store import RedisStore
from worker.domain.delivery import Settlement
from worker.domain.ledger import LedgerMark
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason


@dataclass
class Notebook:
    """A witness that only remembers; `knows` is what it says of the ledger."""

    knows: str = ""
    pages: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def mark(self) -> str:
        return self.knows

    def fresh_mark(self) -> str:
        return self.knows

    def passed(self, sequence: int, keys: Sequence[MessageKey]) -> None:
        self.pages.append((sequence, tuple(key.person for key in keys)))

    def settled(self, settlements: Iterable[Settlement]) -> None:
        pass

    def refused(self, ledger: LedgerMark) -> None:
        self.refusals.append(ledger.held)


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest, notebook: Notebook) -> AnyStore:
    if request.param == "memory":
        return MemoryStore(witness=notebook)
    return RedisStore(request.getfixturevalue("redis"), witness=notebook)


def test_every_passage_is_counted_and_written_down(store: AnyStore, notebook: Notebook) -> None:
    armed(store, ANNE, BRUNO, CLARA)
    claims = claim(store)

    sending(store, claims[:1])
    sending(store, claims[1:])

    assert notebook.pages == [(1, ("anne",)), (3, ("bruno", "clara"))]
    assert store.ledger().sequence == 3


def test_an_older_ledger_gives_nothing_out_and_says_so(store: AnyStore, notebook: Notebook) -> None:
    armed(store, ANNE)
    notebook.knows = f"{store.ledger().id}:7"

    assert claim(store) == ()

    assert store.ledger().held == "older"


def test_another_ledger_is_held_too(store: AnyStore, notebook: Notebook) -> None:
    armed(store, ANNE)
    notebook.knows = "0123:0"

    assert claim(store) == ()

    assert store.ledger().held == "other"


def test_another_ledger_that_was_reconciled_waits_for_a_journal_of_its_own(
    store: AnyStore, notebook: Notebook
) -> None:
    armed(store, ANNE)
    notebook.knows = "0123:0"
    claim(store)
    store.release_ledger(0)

    assert claim(store, "t2") == ()
    notebook.knows = f"{store.ledger().id}:0"

    assert notebook.refusals == ["other", ""]
    assert store.ledger().held == ""
    assert [c.key for c in claim(store, "t3")] == [ANNE]


def test_a_ledger_is_held_once_for_each_other_one(store: AnyStore) -> None:
    assert store.hold_as_another(["0123", "4567"])
    store.release_ledger(0)

    assert not store.hold_as_another(["0123"])
    assert store.ledger().held == ""
    assert store.hold_as_another(["0123", "89ab"])


def test_a_ledger_that_grows_older_in_mid_batch_is_noticed_at_the_gate(
    store: AnyStore, notebook: Notebook
) -> None:
    armed(store, ANNE)
    claims = claim(store)
    notebook.knows = f"{store.ledger().id}:7"

    assert sending(store, claims) == [Reason.LEDGER_HELD]

    assert notebook.pages == []


def test_a_held_ledger_holds_everybody(store: AnyStore, notebook: Notebook) -> None:
    armed(store, ANNE, BRUNO)
    held = claim(store, limit=1)
    store.hold_ledger("older")

    assert claim(store, "t2") == ()
    assert sending(store, held) == [Reason.LEDGER_HELD]

    store.release_ledger(9)
    assert (store.ledger().sequence, store.ledger().held) == (9, "")
    assert [c.key for c in claim(store, "t3")] == [BRUNO]


@pytest.mark.parametrize("found", [State.SENT, State.BOUNCED, State.IN_DOUBT])
def test_what_was_found_becomes_so_whatever_the_ledger_thought(store: AnyStore, found: State) -> None:
    armed(store, ANNE, BRUNO, CLARA)
    settled(store, claim(store, limit=1)[0], State.SKIPPED, Reason.ABSENT)
    claim(store, "t2", limit=1)

    assert store.reconcile({ANNE: found, BRUNO: found, CLARA: found}) == 3

    assert states(store) == dict.fromkeys(("anne", "bruno", "clara"), found)
    assert store.counts("cafe-12") == {("thank-you", found): 3}
    assert store.reconcile({ANNE: found, BRUNO: found, CLARA: found}) == 0


def test_what_the_ledger_never_planned_is_recorded_and_not_planned_again(store: AnyStore) -> None:
    store.reconcile({ANNE: State.SENT})

    armed(store, ANNE)

    assert states(store) == {"anne": State.SENT}
    assert claim(store) == ()


def test_what_it_knows_to_be_sent_is_not_doubted(store: AnyStore) -> None:
    armed(store, ANNE)
    claims = claim(store)
    sending(store, claims)
    settled(store, claims[0], State.SENT)

    assert store.reconcile({ANNE: State.IN_DOUBT}) == 0

    assert states(store) == {"anne": State.SENT}


def test_some_messages_are_read_without_the_others(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO, CLARA)
    elsewhere = MessageKey("cafe-99", "thank-you", "anne")

    found = store.records_of([CLARA, elsewhere, ANNE])

    assert [record.key for record in found] == [CLARA, ANNE]
    assert found == tuple(reversed([r for r in store.records("cafe-12") if r.key != BRUNO]))
    assert store.records_of([]) == ()


def test_moves_of_long_ago_are_dropped_and_states_and_counts_stay(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    store.set_clock(NOON + HOUR)
    claim(store, limit=1)
    before = (store.records("cafe-12"), store.counts("cafe-12"))

    assert store.drop_moves("cafe-12", NOON + HOUR) == 2
    assert store.drop_moves("cafe-12", NOON + HOUR) == 0

    assert [entry.after for entry in store.entries("cafe-12")] == [State.CLAIMED]
    assert (store.records("cafe-12"), store.counts("cafe-12")) == before
