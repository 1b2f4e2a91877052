"""From due to sent, on memory twins: who gets what, what is held back, what is learned."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.sample import cafe, guest
from tests.services.office import office, opened, relay_of, sent, states, store_of
from worker.domain.edition import Introductions, Naming
from worker.domain.facts import Facts
from worker.domain.message import Letter
from worker.domain.notice import HOUSE, NoticeKind
from worker.domain.person import Consent, Presence
from worker.domain.reply import Phase, Reply
from worker.domain.sequence import Lane, Sequence
from worker.domain.suppression import Cause, Suppression
from worker.mail.discretion import keep_discreet, said
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.tools import Limits, Tools

ANNE = guest("Anne", presence=Presence.PRESENT, introduced=Consent.GIVEN)
BRUNO = guest("Bruno", presence=Presence.PRESENT, introduced=Consent.GIVEN)
CLARA = guest("Clara", presence=Presence.ABSENT)


def deliver_all(tools: Tools) -> None:
    """Work through the whole campaign, leaping from due moment to due moment."""
    idle = 0
    while idle < 2:
        taken = sum(deliver_batch(tools, lane, go_on=lambda: True) for lane in Lane)
        store_of(tools).memory.real += timedelta(minutes=6)  # longer than any breaker
        before, now = tools.store.now(), tools.store.leap()
        idle = 0 if taken or now > before else idle + 1


def test_present_people_get_three_mails_and_the_absent_an_invitation() -> None:
    tools = office()
    opened(tools, ANNE, BRUNO, CLARA)

    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    assert sorted(sent(tools)) == sorted(
        [
            f"cafe-12.{step}.{person}"
            for step in ("thank-you", "invitation", "nudge")
            for person in ("anne", "bruno")
        ]
        + ["cafe-12.invitation.clara"]
    )
    assert states(tools)["thank-you.clara"] == "skipped absent"


def test_nobody_is_written_to_from_a_draft() -> None:
    tools = office()
    edition = opened(tools, ANNE)

    campaign.preview_plan(tools, edition)
    deliver_all(tools)

    assert sent(tools) == []
    assert states(tools) == {}


def test_mail_leaves_only_within_the_window() -> None:
    tools = office()
    edition = opened(tools, ANNE)
    campaign.arm(tools, "cafe-12")

    late_evening = edition.meeting.end + timedelta(hours=12)
    store_of(tools).set_clock(late_evening)
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)

    assert sent(tools) == []
    [record] = [r for r in tools.store.records("cafe-12") if r.key.step == "thank-you"]
    assert record.due is not None
    assert record.due.astimezone(edition.meeting.zone).strftime("%d %H:%M") == "09 08:00"


def test_what_is_too_old_is_not_sent_late() -> None:
    tools = office()
    edition = opened(tools, ANNE)
    campaign.arm(tools, "cafe-12")

    store_of(tools).set_clock(edition.meeting.end + timedelta(days=20))
    deliver_all(tools)

    assert states(tools)["thank-you.anne"] == "skipped expired"


def test_a_mail_that_cannot_be_composed_is_set_aside_alone_and_told() -> None:
    tools = office(broken_for="anne")
    opened(tools, ANNE, BRUNO)

    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    assert states(tools)["thank-you.anne"] == "dead compose_failed"
    assert states(tools)["thank-you.bruno"] == "sent accepted"
    assert [n.kind for n in tools.store.open_notices()] == [NoticeKind.COMPOSE_FAILED]
    assert any(key.startswith(f"{HOUSE}.notice-1.") for key in sent(tools))


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
