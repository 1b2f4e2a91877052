"""What a ledger that was put back does not know is found in journals, however its passages are counted."""

from __future__ import annotations

import copy

import pytest

from tests.stores.contract import ANNE, BRUNO, CLARA, armed, claim, sending, settled, states
from worker.adapters.memory import MemoryStore
from worker.domain.journal import passed_line, read_account, settled_line, together
from worker.domain.lifecycle import State
from worker.services.reconcile import Journals, forgotten, reconcile


@pytest.fixture
def lives() -> tuple[MemoryStore, MemoryStore]:
    """A ledger with three in hand, and the same one as it was put back later."""
    store = MemoryStore()
    armed(store, ANNE, BRUNO, CLARA)
    claim(store)
    return copy.deepcopy(store), store


def test_a_passage_whose_number_was_given_again_is_found(lives: tuple[MemoryStore, MemoryStore]) -> None:
    first, restored = lives
    claims = {c.key: c for c in first.memory.claims["t1"]}
    sending(first, [claims[ANNE]])
    settled(first, claims[ANNE], State.SENT)
    sending(restored, [claims[BRUNO]])  # by a worker that has heard of no passage yet
    settled(restored, claims[BRUNO], State.SENT)
    one = read_account([passed_line(1, [ANNE]), settled_line(State.SENT, ANNE)])
    other = read_account([passed_line(1, [BRUNO]), settled_line(State.SENT, BRUNO)])

    missing = forgotten(restored, together([one, other]), Journals.ALL)
    reconcile(restored, missing)

    assert missing.findings == {ANNE: State.SENT}
    assert states(restored) == {"anne": State.SENT, "bruno": State.SENT, "clara": State.CLAIMED}


def test_what_the_ledger_saw_pass_is_no_finding(lives: tuple[MemoryStore, MemoryStore]) -> None:
    first, _ = lives
    [claims] = [first.memory.claims["t1"]]
    sending(first, claims)
    account = read_account([passed_line(3, [ANNE, BRUNO, CLARA])])

    assert forgotten(first, account, Journals.ALL).all == {}


def test_what_was_on_the_line_when_the_older_ledger_was_kept_is_found_by_its_outcome(
    lives: tuple[MemoryStore, MemoryStore],
) -> None:
    _, restored = lives
    sending(restored, list(restored.memory.claims["t1"]))
    lines = [
        settled_line(State.SENT, ANNE),
        settled_line(State.BOUNCED, BRUNO),
        settled_line(State.DEFERRED, CLARA),
    ]
    account = read_account([passed_line(3, [ANNE, BRUNO, CLARA]), *lines])

    reconcile(restored, forgotten(restored, account, Journals.ALL))

    assert states(restored) == {"anne": State.SENT, "bruno": State.BOUNCED, "clara": State.SENDING}


def test_once_reconciled_nothing_more_is_found(lives: tuple[MemoryStore, MemoryStore]) -> None:
    _, restored = lives
    account = read_account([passed_line(2, [ANNE, CLARA]), settled_line(State.SENT, ANNE)])
    reconcile(restored, forgotten(restored, account, Journals.ALL))

    assert forgotten(restored, account, Journals.ALL).all == {}
    assert states(restored)["clara"] is State.IN_DOUBT
