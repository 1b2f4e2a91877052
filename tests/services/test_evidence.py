"""Evidence supplied from outside, as the mailbox will: what it ends, and what it cannot."""

from __future__ import annotations

import pytest

from tests.sample import guest
from tests.services.office import office, opened, states
from worker.domain.evidence import Evidence, Finding
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.person import Presence
from worker.domain.reply import Phase, Reply
from worker.domain.sequence import Lane
from worker.services import campaign, evidence
from worker.services.deliver import deliver_batch
from worker.services.evidence import hear
from worker.services.tend import watch
from worker.services.tools import Tools

THANKS, INVITATION = (MessageKey("cafe-12", step, "anne") for step in ("thank-you", "invitation"))


def anne_served(reply: Reply) -> Tools:
    """Anne's first mail, answered like this."""
    tools = office(lambda _letter: reply)
    opened(tools, guest("Anne", presence=Presence.PRESENT))
    campaign.arm(tools, "cafe-12")
    tools.store.leap()
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)
    return tools


def in_doubt() -> Tools:
    """Nobody knows whether Anne's thank-you arrived."""
    return anne_served(Reply(Phase.DOT))


@pytest.mark.parametrize(
    ("finding", "state"), [(Finding.ARRIVED, State.SENT), (Finding.BOUNCED, State.BOUNCED)]
)
def test_an_answer_or_a_bounce_ends_the_doubt(finding: Finding, state: State) -> None:
    tools = in_doubt()

    assert hear(tools.store, Evidence(THANKS, finding))

    assert states(tools)["thank-you.anne"] == f"{state} evidence"


def test_nobody_is_asked_any_more_once_evidence_came() -> None:
    tools = in_doubt()
    watch(tools)

    hear(tools.store, Evidence(THANKS, Finding.ARRIVED))
    watch(tools)

    assert tools.store.open_notices() == ()


def test_the_same_evidence_twice_has_one_effect() -> None:
    tools = in_doubt()
    assert hear(tools.store, Evidence(THANKS, Finding.ARRIVED))
    told = len(tuple(tools.store.entries("cafe-12")))

    assert not hear(tools.store, Evidence(THANKS, Finding.ARRIVED))

    assert len(tuple(tools.store.entries("cafe-12"))) == told


def test_a_late_bounce_unsays_what_the_relay_accepted() -> None:
    tools = anne_served(Reply(Phase.DOT, 250, "2.0.0 ok"))

    assert hear(tools.store, Evidence(THANKS, Finding.BOUNCED))

    assert states(tools)["thank-you.anne"] == "bounced evidence"


def test_evidence_about_a_mail_that_never_left_ends_nothing() -> None:
    tools = in_doubt()

    assert not hear(tools.store, Evidence(INVITATION, Finding.ARRIVED))

    assert states(tools)["invitation.anne"].startswith("scheduled")


def test_an_answer_to_one_mail_says_nothing_about_another() -> None:
    tools = in_doubt()

    hear(tools.store, Evidence(INVITATION, Finding.ARRIVED))

    assert states(tools)["thank-you.anne"] == "in_doubt lost_after_dot"


def test_looking_into_the_mailboxes_ends_doubts_either_way() -> None:
    arrived, lost = in_doubt(), in_doubt()

    evidence.settle_by_looking(arrived.store, "cafe-12", lambda _key: True)
    evidence.settle_by_looking(lost.store, "cafe-12", lambda _key: False)

    assert states(arrived)["thank-you.anne"] == "sent evidence"
    assert states(lost)["thank-you.anne"] == "scheduled evidence"
