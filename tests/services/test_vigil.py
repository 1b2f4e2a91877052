"""What may make work wait without a stall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.sample import guest
from tests.services.office import office, opened
from worker.adapters.memory_clocks import MemoryClocks
from worker.domain.person import Presence
from worker.domain.sequence import Lane
from worker.domain.stall import Vigil
from worker.services import campaign
from worker.services.tools import Tools
from worker.services.vigil import look

MINUTE = 60.0


def with_a_thank_you_due() -> Tools:
    tools = office()
    opened(tools, guest("Anne", presence=Presence.PRESENT))
    campaign.arm(tools, "cafe-12")
    tools.store.leap()
    return tools


def stalled(tools: Tools, *lanes: Lane) -> bool:
    """After two looks, a minute apart."""
    vigil = look(tools, lanes or tuple(Lane), Vigil(), 0.0)
    return look(tools, lanes or tuple(Lane), vigil, MINUTE).stalled(MINUTE, MINUTE)


def test_a_due_mail_that_nobody_takes_is_a_stall() -> None:
    assert stalled(with_a_thank_you_due())


def put_clock_wrong(tools: Tools) -> None:
    assert isinstance(tools.clocks, MemoryClocks)
    tools.clocks.server += 3600


def take_in_hand(tools: Tools) -> None:
    tools.store.claim(Lane.CAMPAIGN, token="t", limit=1, lease=timedelta(hours=1))


@pytest.mark.parametrize(
    "hindrance",
    [
        pytest.param(lambda tools: tools.store.pause_relay("535 no"), id="the relay is paused"),
        pytest.param(lambda tools: tools.store.relay_failed(), id="the breaker is open"),
        pytest.param(lambda tools: campaign.pause(tools, "cafe-12", ""), id="the campaign is paused"),
        pytest.param(lambda tools: tools.store.hold_ledger("older"), id="the ledger is held"),
        pytest.param(put_clock_wrong, id="the clocks disagree"),
        pytest.param(take_in_hand, id="somebody has it in hand"),
    ],
)
def test_what_holds_work_back_is_no_stall(hindrance: Callable[[Tools], object]) -> None:
    tools = with_a_thank_you_due()

    hindrance(tools)

    assert not stalled(tools)


def test_a_worker_watches_its_own_lanes() -> None:
    assert not stalled(with_a_thank_you_due(), Lane.URGENT)
