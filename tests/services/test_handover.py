"""A batch on one line, group by group: what is settled, taught and given back between two gates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from tests.sample import guest
from tests.services.office import office, opened, sent, states, store_of
from tests.services.small_crowd import ANNE, BRUNO
from worker.adapters.memory import MemoryStore
from worker.adapters.memory_transport import accept
from worker.domain.delivery import Opening, Settlement
from worker.domain.errors import Refused
from worker.domain.message import Letter
from worker.domain.person import Presence
from worker.domain.reply import Phase, Reply
from worker.domain.sequence import Lane
from worker.ports import Turned
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.handover import GoOn
from worker.services.tools import Limits


def go_on_for(times: int) -> GoOn:
    """A worker that is asked to stop after so many looks at the clock."""
    looks = count(1)
    return lambda: next(looks) <= times


@pytest.mark.parametrize(("group", "sent_before"), [(1, 1), (2, 2), (3, 3)])
def test_a_worker_asked_to_stop_finishes_its_group_and_gives_the_rest_back(
    group: int, sent_before: int
) -> None:
    tools = office(limits=Limits(group=group, undo=timedelta(0)))
    opened(tools, ANNE, BRUNO, *(guest(name, presence=Presence.PRESENT) for name in ("David", "Emma")))
    campaign.arm(tools, "cafe-12")
    tools.store.leap()

    deliver_batch(tools, Lane.CAMPAIGN, go_on=go_on_for(1))

    thanks = sorted(state for name, state in states(tools).items() if name.startswith("thank-you"))
    assert thanks == ["scheduled returned"] * (4 - sent_before) + ["sent accepted"] * sent_before


def test_a_worker_asked_to_stop_before_its_first_group_sends_nothing() -> None:
    tools = office()
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")
    tools.store.leap()

    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: False)

    assert sent(tools) == []
    assert states(tools)["thank-you.anne"] == "scheduled returned"


def test_what_a_group_taught_is_known_before_the_next_may_pass() -> None:
    def twins(letter: Letter) -> Reply:
        return Reply(Phase.RCPT, 550, "5.1.1 no such user")

    tools = office(twins, limits=Limits(group=1, undo=timedelta(0)))
    opened(tools, ANNE, replace(BRUNO, person=replace(BRUNO.person, address=ANNE.person.address)))
    campaign.arm(tools, "cafe-12")
    tools.store.leap()

    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)

    thanks = sorted(state for name, state in states(tools).items() if name.startswith("thank-you"))
    assert thanks == ["bounced refused", "skipped suppressed"]


def test_a_doubt_within_a_group_leaves_the_rest_of_it_unharmed() -> None:
    def lost_at_bruno(letter: Letter) -> Reply:
        return Reply(Phase.DOT) if letter.key.person == "bruno" else accept(letter)

    tools = office(lost_at_bruno, limits=Limits(group=3, undo=timedelta(0)))
    opened(tools, ANNE, BRUNO, guest("David", presence=Presence.PRESENT))
    campaign.arm(tools, "cafe-12")
    tools.store.leap()

    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)

    assert states(tools)["thank-you.anne"] == "sent accepted"
    assert states(tools)["thank-you.bruno"] == "in_doubt lost_after_dot"
    assert states(tools)["thank-you.david"] == "scheduled returned"


def test_when_the_next_gate_cannot_be_asked_outcomes_are_recorded_and_the_rest_goes_back() -> None:
    tools = office()
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")
    tools.store.leap()
    asked = count()

    def broken(address: str) -> str:
        if sent(tools) and next(asked) == 0:
            raise Refused("no key to know addresses by")
        return tools.fingerprint(address)

    with pytest.raises(Refused):
        deliver_batch(replace(tools, fingerprint=broken), Lane.CAMPAIGN, go_on=lambda: True)

    assert states(tools)["thank-you.anne"] == "sent accepted"
    assert states(tools)["thank-you.bruno"] == "scheduled returned"


def test_a_gate_that_opened_unheard_puts_nobody_in_doubt() -> None:
    tools = office(limits=Limits(group=2, undo=timedelta(0)))
    opened(tools, ANNE, BRUNO, guest("David", presence=Presence.PRESENT))
    campaign.arm(tools, "cafe-12")
    tools.store.leap()
    store = LosesAnAnswer(store_of(tools), gate=2)

    with pytest.raises(ConnectionError):
        deliver_batch(replace(tools, store=store), Lane.CAMPAIGN, go_on=lambda: True)

    assert store.opened == ["david"]
    assert states(tools)["thank-you.david"] == "scheduled returned"
    assert states(tools)["thank-you.anne"] == states(tools)["thank-you.bruno"] == "sent accepted"


class LosesAnAnswer(MemoryStore):
    """A ledger that does what the n-th gate asks, and whose answer is lost for good."""

    def __init__(self, whole: MemoryStore, *, gate: int) -> None:
        super().__init__()
        self.__dict__ |= whole.__dict__
        self._gates = gate
        self.opened: list[str] = []

    def turn(
        self, settlements: Sequence[Settlement], openings: Sequence[Opening], *, lease: timedelta
    ) -> Turned:
        done = super().turn(settlements, openings, lease=lease)
        self._gates -= 1
        if self._gates:
            return done
        self.opened = [key.person for key, reason in done[1].items() if reason is None]
        raise ConnectionError
