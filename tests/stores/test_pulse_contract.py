"""The ledger's pulse, on the memory twin and on real Redis."""

from __future__ import annotations

from tests.stores.contract import ANNE, BRUNO, AnyStore, armed, claim, let_leases_run_out, settled
from worker.domain.lifecycle import State


def test_the_pulse_counts_what_is_in_hand(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    before = store.pulse().in_hand

    claim(store)
    during = store.pulse().in_hand
    let_leases_run_out(store)

    assert (before, during, store.pulse().in_hand) == (0, 2, 0)


def test_the_pulse_changes_with_each_move_and_only_then(store: AnyStore) -> None:
    armed(store, ANNE)
    planned = store.pulse().last_move

    [held] = claim(store)
    claimed = store.pulse().last_move
    still = store.pulse().last_move
    settled(store, held, State.SCHEDULED)

    assert len({planned, claimed, store.pulse().last_move}) == 3
    assert still == claimed
