"""Who is late, a guest or a worker: what is still wanted leaves, what is not is skipped and told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.enlisted import enlist
from tests.sample import guest
from tests.services.office import office, opened, sent, states, store_of
from worker.domain.notice import NoticeKind
from worker.domain.person import Presence
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.tend import watch
from worker.services.tools import Tools

ANNE, LATE = guest("Anne", presence=Presence.PRESENT), guest("Luc", presence=Presence.PRESENT)


@pytest.fixture
def tools() -> Tools:
    """Anne came and all is armed; her thank-you is due three hours after the end, on a Tuesday."""
    tools = office()
    opened(tools, ANNE)
    campaign.arm(tools, "cafe-12")
    return tools


def _turn(tools: Tools, **gap: float) -> None:
    store_of(tools).set_clock(tools.store.now() + timedelta(**gap))


def _work(tools: Tools) -> None:
    while deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True):
        pass


def test_a_latecomer_gets_a_step_that_has_gone_while_it_is_wanted(tools: Tools) -> None:
    _turn(tools, hours=28)
    _work(tools)
    before = sent(tools)

    enlist(tools, "cafe-12", [LATE])
    campaign.reschedule(tools, "cafe-12")
    _work(tools)

    assert before == ["cafe-12.thank-you.anne", "cafe-12.invitation.anne"]
    assert sorted(sent(tools)[2:]) == ["cafe-12.invitation.luc", "cafe-12.thank-you.luc"]


def test_a_latecomer_does_not_get_what_is_over_and_is_told_why(tools: Tools) -> None:
    _turn(tools, days=6)
    enlist(tools, "cafe-12", [LATE])
    campaign.reschedule(tools, "cafe-12")
    _work(tools)

    assert states(tools)["thank-you.luc"] == "skipped expired"
    assert states(tools)["invitation.luc"] == "sent accepted"


def test_a_worker_back_after_a_day_off_sends_what_is_wanted(tools: Tools) -> None:
    _turn(tools, hours=27)
    _work(tools)
    watch(tools)

    assert states(tools)["thank-you.anne"] == "sent accepted"
    assert NoticeKind.EXPIRED not in {notice.kind for notice in tools.store.open_notices()}


def test_a_worker_back_too_late_skips_what_is_over_sends_the_rest_and_says_so(tools: Tools) -> None:
    _turn(tools, days=6)
    _work(tools)
    watch(tools)

    assert states(tools)["thank-you.anne"] == "skipped expired"
    assert states(tools)["invitation.anne"] == "sent accepted"
    [told] = [notice for notice in tools.store.open_notices() if notice.kind is NoticeKind.EXPIRED]
    assert told.details["messages"] == "1"


def test_what_falls_due_in_the_night_of_its_return_waits_for_the_morning(tools: Tools) -> None:
    _turn(tools, hours=14)
    _work(tools)

    assert sent(tools) == []
    _turn(tools, hours=9)
    _work(tools)
    assert "cafe-12.thank-you.anne" in sent(tools)
