"""Who comes: the sheet of answers, what an organizer adds to it, and the summary of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.sample import cafe, guest
from tests.services.incoming import answer, mailbox_of, office_with_mailbox, words
from tests.services.office import opened, sent, store_of
from worker.domain.answer import Partstat, Stance, Tally
from worker.domain.errors import Refused
from worker.domain.lifecycle import State
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.answer_by_hand import looked_at, record_by_hand
from worker.services.answer_sheet import Sheet, answer_sheet
from worker.services.deliver import deliver_batch
from worker.services.invitations import invitation
from worker.services.receive import receive
from worker.services.tools import Tools

GUESTS = [guest(name) for name in ("Anne", "Bruno", "Carole", "David")]


def sheet(tools: Tools, named: str = "cafe-13") -> Sheet:
    return answer_sheet(tools, invitation(tools.store, named))


def stances(tools: Tools) -> dict[str, Stance]:
    return {row.guest.person.id: row.stance for row in sheet(tools).rows}


def deliver_for(tools: Tools, duration: timedelta) -> None:
    """Everything that falls due until then leaves."""
    end = tools.store.now() + duration
    while tools.store.now() < end:
        if not sum(deliver_batch(tools, lane, go_on=lambda: True) for lane in Lane):
            store_of(tools).set_clock(min(end, tools.store.now() + timedelta(minutes=30)))


def invited(*mails: bytes) -> Tools:
    """Everybody has the invitation."""
    tools = office_with_mailbox(*mails)
    opened(tools, *GUESTS)
    campaign.arm(tools, "cafe-12")
    deliver_for(tools, timedelta(days=1))
    return tools


def test_everybody_invited_stands_on_the_sheet_with_what_they_said() -> None:
    tools = invited(answer("anne"), answer("bruno", "DECLINED"), answer("carole", "TENTATIVE"))

    receive(tools)

    assert stances(tools) == {
        "anne": Stance.YES,
        "bruno": Stance.NO,
        "carole": Stance.MAYBE,
        "david": Stance.NONE,
    }
    assert sheet(tools).tally == Tally(yes=1, no=1, maybe=1, none=1)


def test_a_yes_to_a_date_that_has_moved_is_marked() -> None:
    tools = invited(answer("anne"), answer("bruno", "DECLINED"))
    receive(tools)
    edition = tools.store.edition("cafe-12")
    assert edition is not None
    assert edition.next is not None

    tools.store.save_edition(replace(edition, next=replace(edition.next, revision=1)))

    assert (stances(tools)["anne"], stances(tools)["bruno"]) == (Stance.OLDER, Stance.NO)


def test_who_was_not_invited_yet_is_not_waited_for() -> None:
    tools = office_with_mailbox()
    opened(tools, *GUESTS)
    campaign.arm(tools, "cafe-12")

    assert sheet(tools).rows == ()


def test_the_cafe_is_named_by_itself_or_by_the_one_that_invites_to_it() -> None:
    tools = invited()

    assert sheet(tools, "cafe-12").invitation == sheet(tools, "cafe-13").invitation
    with pytest.raises(Refused, match="no edition 'cafe-99' is known"):
        sheet(tools, "cafe-99")
    tools.store.save_edition(replace(cafe(20), next=None))
    with pytest.raises(Refused, match="cafe-20 invites to nothing"):
        sheet(tools, "cafe-20")


def test_an_answer_heard_by_word_of_mouth_counts_until_a_later_one() -> None:
    tools = invited()

    record_by_hand(tools, invitation(tools.store, "cafe-13"), "david", Partstat.ACCEPTED)
    assert stances(tools)["david"] is Stance.YES

    stamp = f"{tools.store.now() + timedelta(hours=1):%Y%m%dT%H%M%SZ}"
    store_of(tools).set_clock(tools.store.now() + timedelta(hours=2))
    mailbox_of(tools).put(answer("david", "DECLINED", stamp=stamp))
    receive(tools)
    assert stances(tools)["david"] is Stance.NO


def test_mails_to_be_read_stand_on_the_sheet_until_somebody_has() -> None:
    tools = invited(words("anne"), answer("bruno", method="COUNTER"), answer("carole", meeting="cafe-14"))
    receive(tools)
    [first, second] = sheet(tools).aside
    assert {first.person, second.person} == {"anne", "bruno"}

    looked_at(tools, first.mail)

    assert sheet(tools).aside == (second,)
    with pytest.raises(Refused, match="is kept aside"):
        looked_at(tools, first.mail)


def test_organizers_get_one_summary_on_a_day_with_news() -> None:
    tools = invited(answer("anne"))
    receive(tools)
    mailbox_of(tools).put(answer("bruno", "DECLINED"))
    receive(tools)

    deliver_for(tools, timedelta(days=2))

    told = [key for key in sent(tools) if ".answers-" in key]
    assert told == ["cafe-12.answers-20261209.paule"]
    assert tools.store.counts("cafe-12")["answers-20261209", State.SENT] == 1
