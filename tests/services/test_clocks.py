"""Clocks that disagree hold the worker that sees it, and nothing is lost by it."""

from __future__ import annotations

from tests.sample import guest
from tests.services.office import office, opened, sent, states, store_of
from worker.adapters.memory_clocks import MemoryClocks
from worker.domain.clocks import CALM
from worker.domain.notice import NoticeKind
from worker.domain.person import Presence
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.clocks import clocks_agree
from worker.services.deliver import deliver_batch
from worker.services.tend import tick
from worker.services.tools import Tools

ANNE = guest("Anne", presence=Presence.PRESENT)
HOUR = 3600.0


def with_a_thank_you_due() -> Tools:
    tools = office()
    opened(tools, ANNE)
    campaign.arm(tools, "cafe-12")
    tools.store.leap()
    return tools


def clocks_of(tools: Tools) -> MemoryClocks:
    assert isinstance(tools.clocks, MemoryClocks)
    return tools.clocks


def batch(tools: Tools) -> int:
    return deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)


def test_a_worker_with_a_wrong_clock_takes_nothing_in_hand() -> None:
    tools = with_a_thank_you_due()
    clocks_of(tools).ours += HOUR

    assert batch(tools) == 0
    assert states(tools)["thank-you.anne"] == "scheduled planned"


def test_a_jump_between_look_and_claim_gives_back_what_was_claimed() -> None:
    tools = with_a_thank_you_due()
    clocks, claim = clocks_of(tools), store_of(tools).claim

    def claim_in_a_jump(*args: object, **kwargs: object) -> object:
        clocks.server += HOUR
        return claim(*args, **kwargs)  # type: ignore[arg-type]

    store_of(tools).claim = claim_in_a_jump  # type: ignore[assignment,method-assign]

    assert batch(tools) == 0
    assert (sent(tools), states(tools)["thank-you.anne"]) == ([], "scheduled returned")


def test_a_tick_by_a_jumped_clock_gives_up_on_nobody() -> None:
    tools = with_a_thank_you_due()
    store_of(tools).claim(Lane.CAMPAIGN, token="token", limit=1, lease=tools.limits.claim_lease)
    clocks_of(tools).look()
    clocks_of(tools).server += HOUR
    store_of(tools).memory.real += tools.limits.claim_lease * 2
    woken: list[Lane] = []

    tick(tools, lambda lane, _hands: woken.append(lane))

    assert (states(tools)["thank-you.anne"], woken) == ("claimed due", [])


def test_it_is_said_once_and_taken_back_when_they_agree_again() -> None:
    tools = with_a_thank_you_due()
    clocks = clocks_of(tools)
    clocks.server += HOUR

    assert [clocks_agree(tools) for _ in range(3)] == [False] * 3
    [notice] = tools.store.open_notices()
    clocks.server -= HOUR
    clocks.pass_by(1)
    clocks_agree(tools)
    clocks.pass_by(CALM)
    clocks_agree(tools)
    clocks.pass_by(CALM)

    assert clocks_agree(tools)
    assert (notice.kind, notice.details["seconds"]) == (NoticeKind.CLOCKS, "-3600")
    assert tools.store.open_notices() == ()
    assert batch(tools) > 0
