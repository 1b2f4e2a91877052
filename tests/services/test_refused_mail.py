"""What relays answer: dead addresses, a relay that is down or refuses us, many refusals, a line that is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.sample import guest
from tests.services.office import office, opened, relay_of, sent, states
from tests.services.small_crowd import ANNE, BRUNO, deliver_all
from worker.domain.facts import Facts
from worker.domain.notice import NoticeKind
from worker.domain.person import Consent
from worker.domain.reply import Phase, Reply
from worker.domain.sequence import Lane
from worker.domain.suppression import Cause, Suppression
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.tools import Limits


def test_suppression_is_read_again_before_the_dot() -> None:
    def unsubscribes(facts: Facts) -> None:
        address = facts.guest.person.address
        tools.store.suppress(Suppression(f"print-{address}", Cause.UNSUBSCRIBED, tools.store.now()))

    tools = office(meanwhile=unsubscribes)
    opened(tools, ANNE)

    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    assert sent(tools) == []
    assert states(tools)["thank-you.anne"] == "skipped suppressed"


def test_a_dead_address_is_never_written_to_again() -> None:
    tools = office(lambda _letter: Reply(Phase.RCPT, 550, "5.1.1 no such user"))
    opened(tools, ANNE)

    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    assert states(tools)["thank-you.anne"] == "bounced refused"
    assert states(tools)["invitation.anne"] == "skipped suppressed"


def test_a_relay_that_is_down_costs_no_message_and_is_left_alone() -> None:
    tools = office(greeting=Reply(Phase.CONNECT, text="connection refused"))
    opened(tools, ANNE)
    campaign.arm(tools, "cafe-12")
    tools.store.leap()

    assert deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True) == 1

    assert deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True) == 0
    assert states(tools)["thank-you.anne"] == "scheduled relay_down"


def test_a_wrong_password_pauses_the_relay_and_says_so_once() -> None:
    tools = office(greeting=Reply(Phase.AUTH, 535, "5.7.8 wrong password"))
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")

    deliver_all(tools)

    assert tools.store.relay_state().paused.startswith("535")
    assert [notice.kind for notice in tools.store.open_notices()] == [NoticeKind.RELAY_PAUSED]
    assert states(tools)["thank-you.anne"] == "scheduled relay_paused"


def test_many_refusals_pause_the_campaign() -> None:
    tools = office(
        lambda _letter: Reply(Phase.DOT, 554, "5.7.1 looks like spam"),
        limits=Limits(batch=1, undo=timedelta(0)),
    )
    opened(tools, *(replace(ANNE, person=guest(f"P{n}").person) for n in range(12)))

    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    assert tools.store.campaign("cafe-12").status == "paused"
    assert sum(state.startswith("bounced") for state in states(tools).values()) == 5


def test_a_line_lost_after_the_dot_is_a_doubt_for_a_thank_you_and_tried_again_for_an_invitation() -> None:
    answers = iter([Reply(Phase.DOT), Reply(Phase.DOT), Reply(Phase.DOT, 250, "ok")])
    tools = office(lambda _letter: next(answers))
    opened(tools, replace(ANNE, introduced=Consent.REFUSED))

    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    assert states(tools)["thank-you.anne"] == "in_doubt lost_after_dot"
    assert states(tools)["invitation.anne"] == "sent accepted"
    assert len(relay_of(tools).kept) == 3
