"""What keeping an organizer's yes promises, on the memory twin and on real Redis."""

from __future__ import annotations

from tests.stores.contract import AnyStore
from tests.stores.test_forgetting_contract import GONE
from worker.domain.approval import Approval
from worker.domain.person import Presence

SEEN = Approval("abc", {"anne": Presence.PRESENT, "bruno": Presence.UNKNOWN}, 3)


def test_the_last_yes_of_each_edition_is_kept(store: AnyStore) -> None:
    assert store.approval("cafe-12") is None

    store.approve("cafe-12", Approval("before", {}))
    store.approve("cafe-12", SEEN)

    kept = store.approval("cafe-12")
    assert kept is not None
    assert (kept, kept.version) == (SEEN, 3)
    assert store.approval("cafe-13") is None


def test_who_is_forgotten_is_not_in_it(store: AnyStore) -> None:
    store.approve("cafe-12", SEEN)

    store.forget_person(GONE)

    assert store.approval("cafe-12") == Approval("abc", {"bruno": Presence.UNKNOWN})
