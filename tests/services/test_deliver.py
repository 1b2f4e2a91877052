"""From due to sent: who gets what, within the window and not too late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.sample import guest
from tests.services.office import office, opened, sent, states, store_of
from tests.services.small_crowd import ANNE, BRUNO, deliver_all
from worker.adapters.memory_transport import MemoryTransport
from worker.domain.notice import HOUSE, NoticeKind
from worker.domain.pace import RelayLimits
from worker.domain.person import Guest, Presence
from worker.domain.reply import Phase, Reply
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.tools import Limits

CLARA = guest("Clara", presence=Presence.ABSENT)


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


def test_a_second_connection_is_for_more_letters_than_one_group_has() -> None:
    guests = [guest(name, presence=Presence.PRESENT) for name in ("Anne", "Bruno", "Clara")]

    assert [abreast_for(guests[:2]), abreast_for(guests)] == [1, 2]


def abreast_for(guests: list[Guest]) -> int:
    tools = office(limits=Limits(group=2, abreast=2, undo=timedelta(0)))
    opened(tools, *guests)
    campaign.arm(tools, "cafe-12")
    deliver_all(tools)
    transport = tools.transport
    assert isinstance(transport, MemoryTransport)
    return transport.abreast


@pytest.mark.parametrize("words", [(421, "4.7.0 too many connections"), (0, "no greeting in time")])
def test_a_relay_that_gives_no_further_connection_gets_fewer(words: tuple[int, str]) -> None:
    tools = office(
        limits=Limits(group=1, abreast=2, undo=timedelta(0)),
        relay=RelayLimits(connections=4),
        shortage=Reply(Phase.CONNECT, *words),
    )
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")

    deliver_all(tools)

    assert tools.store.relay_state().fewer is not None
    assert len(sent(tools)) == 6
