"""Nobody is named to anybody who must not hear of them, whatever happened since the plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.sample import cafe, guest
from tests.services.office import office, opened, states
from tests.services.small_crowd import ANNE, BRUNO, deliver_all
from worker.domain.edition import Introductions, Naming
from worker.domain.facts import Facts
from worker.domain.message import Letter
from worker.domain.notice import NoticeKind
from worker.domain.person import Consent, Presence
from worker.domain.reply import Phase, Reply
from worker.domain.sequence import Lane, Sequence
from worker.domain.suppression import Cause, Suppression
from worker.mail.discretion import keep_discreet, said
from worker.services import campaign
from worker.services.deliver import deliver_batch


def test_nobody_is_introduced_to_someone_whose_address_died_meanwhile() -> None:
    def bruno_is_gone(letter: Letter) -> Reply:
        gone = letter.envelope.rcpt_to.startswith("bruno")
        return Reply(Phase.RCPT, 550, "5.1.1 no such user") if gone else Reply(Phase.DOT, 250, "ok")

    said: list[Facts] = []
    tools = office(bruno_is_gone, meanwhile=said.append)
    opened(tools, ANNE, BRUNO)

    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    assert states(tools)["nudge.anne"] == "sent accepted"
    assert not any(facts.partners for facts in said)


def test_someone_suppressed_between_plan_and_nudge_is_not_named() -> None:
    said: list[Facts] = []
    tools = office(meanwhile=said.append)
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")

    tools.store.suppress(Suppression("print-bruno@example.org", Cause.UNSUBSCRIBED, tools.store.now()))
    deliver_all(tools)

    assert states(tools)["nudge.anne"] == "sent accepted"
    assert not any(facts.partners for facts in said)


def test_who_loses_a_partner_joins_another_pair() -> None:
    def bruno_is_gone(letter: Letter) -> Reply:
        gone = letter.envelope.rcpt_to.startswith("bruno")
        return Reply(Phase.RCPT, 550, "5.1.1 no such user") if gone else Reply(Phase.DOT, 250, "ok")

    tools = office(bruno_is_gone)
    others = [guest(n, presence=Presence.PRESENT, introduced=Consent.GIVEN) for n in ("Clara", "David")]
    opened(tools, ANNE, BRUNO, *others)

    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    nudges = {name: state for name, state in states(tools).items() if name.startswith("nudge.")}
    assert nudges.pop("nudge.bruno") == "skipped suppressed"
    assert set(nudges.values()) == {"sent accepted"}


def test_a_mail_that_would_tell_of_somebody_else_is_set_aside_and_the_others_leave() -> None:
    def tells(facts: Facts) -> None:
        if facts.guest.person.id == "anne":
            keep_discreet(facts, said("Bruno Test était là"))

    tools = office(meanwhile=tells)
    opened(tools, ANNE, BRUNO, edition=replace(cafe(12), introductions=Introductions(Naming.NAMED)))

    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    assert states(tools)["thank-you.anne"] == "dead leak"
    assert states(tools)["thank-you.bruno"] == "sent accepted"
    assert states(tools)["nudge.anne"] == "sent accepted"  # whom its facts name may be told of
    [notice] = tools.store.open_notices()
    assert notice.kind is NoticeKind.LEAK
    assert "Bruno" not in str(notice.details)


def test_whatever_keeps_a_batch_from_being_known_blames_no_message() -> None:
    tools = office()
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")
    tools.store.leap()

    def broken(_name: str) -> Sequence:
        raise ModuleNotFoundError("no such library on this machine")

    with pytest.raises(ModuleNotFoundError):
        deliver_batch(replace(tools, sequence=broken), Lane.CAMPAIGN, go_on=lambda: True)

    assert states(tools)["thank-you.anne"] == states(tools)["thank-you.bruno"] == "scheduled returned"
