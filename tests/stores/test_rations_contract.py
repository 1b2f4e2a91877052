"""What the gate promises of rations, on the memory twin and on real Redis: so many mails to one person on a day."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from tests.stores.contract import HOUR, NOON, AnyStore
from worker.domain.campaign import Campaign, Status
from worker.domain.delivery import Claim, Opening, Ration, Settlement
from worker.domain.ledger import Policy
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.sequence import Doubt, Lane

ONE, TWO, TOMORROW = Ration("2026-12-08", 1), Ration("2026-12-08", 2), Ration("2026-12-09", 1)
THANKS, INVITATION, OTHERS = (
    MessageKey("cafe-12", "thank-you", "anne"),
    MessageKey("cafe-12", "invitation", "anne"),
    MessageKey("x-cafe-12", "thank-you", "anne"),
)
BRUNO = MessageKey("cafe-12", "thank-you", "bruno")
_TOKENS = count(1)


def in_hand(store: AnyStore, *asked: MessageKey) -> list[Claim]:
    """All of these in one worker's hands, each of its edition."""
    store.set_clock(NOON)
    policy = Policy(Lane.CAMPAIGN, Doubt.HOLD)
    for edition in dict.fromkeys(key.edition for key in asked):
        wanted = tuple(Wanted(key, NOON, NOON + 99 * HOUR) for key in asked if key.edition == edition)
        steps = {wanted.key.step for wanted in wanted}
        store.plan(Plan(edition, wanted), dict.fromkeys(steps, policy), reason=Reason.PLANNED)
        store.steer(Campaign(edition, Status.ARMED))
    return again(store, *asked)


def again(store: AnyStore, *asked: MessageKey) -> list[Claim]:
    found: dict[MessageKey, Claim] = {}
    while batch := store.claim(Lane.CAMPAIGN, token=f"rations-{next(_TOKENS)}", limit=9, lease=HOUR):
        found |= {claim.key: claim for claim in batch}
    return [found[key] for key in asked]


def gate(store: AnyStore, *claims: Claim, ration: Ration | None = ONE) -> Mapping[MessageKey, Reason | None]:
    return store.open_gate([Opening(claim, (), None, ration) for claim in claims], lease=HOUR)


def test_of_two_to_one_person_that_pass_together_the_second_is_turned_back(store: AnyStore) -> None:
    claims = in_hand(store, THANKS, INVITATION, BRUNO)

    assert gate(store, *claims) == {THANKS: None, INVITATION: Reason.ONE_A_DAY, BRUNO: None}


def test_nor_does_it_pass_later_that_day_nor_for_another_edition(store: AnyStore) -> None:
    thanks, invitation, other = in_hand(store, THANKS, INVITATION, OTHERS)
    gate(store, thanks)

    assert gate(store, invitation) == {INVITATION: Reason.ONE_A_DAY}
    assert gate(store, other) == {OTHERS: Reason.ONE_A_DAY}
    assert gate(store, other, ration=TOMORROW) == {OTHERS: None}
    assert gate(store, invitation, ration=TWO) == {INVITATION: None}


def test_what_passed_that_day_passes_again(store: AnyStore) -> None:
    [thanks] = in_hand(store, THANKS)
    gate(store, thanks)
    assert gate(store, thanks) == {THANKS: None}

    store.settle([Settlement(thanks, State.DEFERRED, Reason.REFUSED_FOR_NOW, due=NOON)])
    [thanks] = again(store, THANKS)

    assert gate(store, thanks) == {THANKS: None}


def test_what_is_owed_asks_for_no_ration_and_takes_none(store: AnyStore) -> None:
    thanks, invitation = in_hand(store, THANKS, INVITATION)

    assert gate(store, thanks, ration=None) == {THANKS: None}
    assert gate(store, invitation) == {INVITATION: None}


def test_who_is_turned_back_for_another_reason_takes_none(store: AnyStore) -> None:
    thanks, invitation = in_hand(store, THANKS, INVITATION)
    late = Opening(thanks, (), NOON - HOUR, ONE)

    assert store.open_gate([late], lease=HOUR) == {THANKS: Reason.OUTSIDE_WINDOW}
    assert gate(store, invitation) == {INVITATION: None}


def test_a_turn_asks_for_rations_too(store: AnyStore) -> None:
    thanks, invitation = in_hand(store, THANKS, INVITATION)
    gate(store, thanks)
    sent = Settlement(thanks, State.SENT, Reason.ACCEPTED)

    _, answers = store.turn([sent], [Opening(invitation, (), None, ONE)], lease=HOUR)

    assert answers == {INVITATION: Reason.ONE_A_DAY}
