"""Delivering within the relay's limits, on memory twins and a shift that turns the clock instead of sleeping."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from tests.sample import guest
from tests.services.office import office, opened, sent, states, store_of
from worker.adapters.memory import MemoryStore
from worker.adapters.memory_transport import MemoryTransport
from worker.domain.message import Letter
from worker.domain.pace import RelayLimits
from worker.domain.person import Presence
from worker.domain.reply import Phase, Reply
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver, deliver_batch
from worker.services.tools import Tools

GREYLISTED = Reply(Phase.RCPT, 450, "4.7.1 greylisted")
GUESTS = [guest(f"Guest{number}", presence=Presence.PRESENT) for number in range(12)]


@dataclass
class Patient:
    """A shift that lingers for so many seconds and passes them by turning the real clock."""

    tools: Tools
    linger: float
    waits: list[float] = field(default_factory=list)

    def goes_on(self) -> bool:
        """Always."""
        return True

    def wait_for(self, gap: timedelta) -> bool:
        """Turn the clock when the gap is short enough."""
        if gap.total_seconds() > self.linger:
            return False
        self.waits.append(gap.total_seconds())
        store_of(self.tools).memory.real += gap
        return True


def limited(limits: RelayLimits, transport: MemoryTransport | None = None) -> Tools:
    """Twelve thank-yous and twelve invitations will fall due, and the relay has these limits."""
    tools = replace(office(), store=MemoryStore(limits=limits))
    tools = replace(tools, transport=transport or tools.transport)
    opened(tools, *GUESTS)
    campaign.arm(tools, "cafe-12")
    tools.store.leap()
    return tools


def test_a_worker_lingers_for_the_pace_and_keeps_it() -> None:
    tools = limited(RelayLimits(per_second=5))
    shift = Patient(tools, linger=3)

    assert deliver(tools, Lane.CAMPAIGN, shift) == 24

    assert len(sent(tools)) == 24
    assert 24 / 5 - 1 <= sum(shift.waits) <= 24 / 5
    assert len(shift.waits) <= 24 / 2


def test_a_budget_that_opens_tomorrow_is_not_waited_for() -> None:
    tools = limited(RelayLimits(per_day=7))
    shift = Patient(tools, linger=3)

    assert deliver(tools, Lane.CAMPAIGN, shift) == 7

    assert shift.waits == []
    assert list(states(tools).values()).count("scheduled planned") >= 5


def test_a_worker_that_ends_leaves_its_line_to_others() -> None:
    tools = limited(RelayLimits(connections=1))

    deliver(tools, Lane.CAMPAIGN, Patient(tools, linger=3))

    assert store_of(tools).memory.slots == {}


def test_a_relay_that_complains_gets_everything_more_slowly() -> None:
    complaints = [Reply(Phase.RCPT, 421, "4.7.0 slow down")]

    def answer(letter: Letter) -> Reply:
        return complaints.pop() if complaints else Reply(Phase.DOT, 250, f"{letter.key} queued")

    tools = limited(RelayLimits(per_second=4), MemoryTransport(answer))
    shift = Patient(tools, linger=6)

    deliver(tools, Lane.CAMPAIGN, shift)

    assert len(set(sent(tools))) == len(sent(tools)) == 24
    assert tools.store.relay_state().slowed_to is not None


def test_a_greylisted_letter_slows_nobody() -> None:
    tools = limited(RelayLimits(per_second=100), MemoryTransport(lambda _: GREYLISTED))

    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)

    assert tools.store.relay_state().slowed_to is None


def test_a_relay_that_answers_at_all_ends_the_breaker() -> None:
    tools = limited(RelayLimits(), MemoryTransport(lambda _: GREYLISTED))
    store_of(tools).memory.real += tools.store.relay_failed()

    assert deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True) == 1

    assert tools.store.relay_state().failures == 0
