"""Chores and notices, on memory twins."""

from __future__ import annotations

from datetime import timedelta

from tests.sample import guest
from tests.services.office import office, opened, sent, states, store_of
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.notice import HOUSE, NoticeKind
from worker.domain.person import Consent, Presence
from worker.domain.reply import Phase, Reply
from worker.domain.sequence import Lane
from worker.services import campaign, doubts
from worker.services.deliver import deliver, deliver_batch
from worker.services.notify import notify
from worker.services.tend import tick, watch
from worker.services.tools import Tools

ANNE = guest("Anne", presence=Presence.PRESENT, introduced=Consent.GIVEN)
BRUNO = guest("Bruno", presence=Presence.PRESENT, introduced=Consent.GIVEN)


class Endless:
    """A shift without an end that waits for nothing."""

    def goes_on(self) -> bool:
        """Always."""
        return True

    def wait_for(self, _gap: timedelta) -> bool:
        """Nothing is worth waiting for."""
        return False


def with_a_doubt() -> Tools:
    """Anne's thank-you is in doubt."""
    tools = office(lambda _letter: Reply(Phase.DOT))
    opened(tools, ANNE)
    campaign.arm(tools, "cafe-12")
    tools.store.leap()
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)
    return tools


def test_a_tick_calls_as_many_hands_as_find_something_to_share() -> None:
    tools = office()
    opened(tools, *(guest(f"P{n}", presence=Presence.PRESENT) for n in range(25)))
    campaign.arm(tools, "cafe-12")
    called: list[tuple[Lane, int]] = []

    tick(tools, lambda lane, hands: called.append((lane, hands)))

    assert called == [(Lane.CAMPAIGN, 2)]


def test_a_tick_gives_back_what_a_lost_worker_held() -> None:
    tools = office()
    opened(tools, ANNE)
    campaign.arm(tools, "cafe-12")
    tools.store.leap()
    tools.store.claim(Lane.CAMPAIGN, token="lost", limit=5, lease=timedelta(seconds=1))

    store_of(tools).memory.real += timedelta(seconds=2)
    tick(tools, lambda _lane, _hands: None)

    assert states(tools)["thank-you.anne"] == "scheduled lease_ran_out"


def test_one_wake_up_goes_on_until_nothing_is_due() -> None:
    tools = office()
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")

    assert deliver(tools, Lane.CAMPAIGN, Endless()) == 6

    assert len(sent(tools)) == 6


def test_a_doubt_is_told_to_the_organizers_until_it_is_settled() -> None:
    tools = with_a_doubt()

    watch(tools)
    watch(tools)
    assert [notice.kind for notice in tools.store.open_notices()] == [NoticeKind.DOUBTS]

    doubts.decide(tools.store, MessageKey("cafe-12", "thank-you", "anne"), State.SENT)
    watch(tools)
    assert tools.store.open_notices() == ()


def test_two_notices_are_two_mails_on_the_urgent_lane() -> None:
    tools = office()
    opened(tools, ANNE)

    notify(tools, "cafe-12", NoticeKind.DOUBTS, {"messages": "1"})
    notify(tools, "cafe-12", NoticeKind.POISON, {"messages": "1"})
    notify(tools, "cafe-12", NoticeKind.POISON, {"messages": "1"})
    deliver(tools, Lane.URGENT, Endless())

    assert sent(tools) == [f"{HOUSE}.notice-1.paule", f"{HOUSE}.notice-2.paule"]
