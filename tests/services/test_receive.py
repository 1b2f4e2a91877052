"""The mailbox is emptied: answers are kept, once, and count; the rest waits for a person or is done with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.enlisted import enlist
from tests.mail.answering import Event, Post, calendar
from tests.mail.reports import dsn
from tests.sample import cafe, guest
from tests.services.incoming import answer, mailbox_of, office_with_mailbox, words
from tests.services.office import opened, states, store_of
from worker.domain.answer import Answer, Partstat, in_force
from worker.domain.delivery import Opening, Settlement
from worker.domain.errors import Unreachable
from worker.domain.inbound import Why
from worker.domain.lifecycle import State
from worker.domain.notice import NoticeKind
from worker.domain.person import Presence
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.ports.mailroom import Folder
from worker.services import campaign
from worker.services.receive import receive
from worker.services.tools import Tools

ANNE, BRUNO = guest("Anne"), guest("Bruno")


def said(tools: Tools, meeting: str = "cafe-13") -> dict[str, Partstat]:
    return {who: one.partstat for who, one in in_force(tools.store.answers(meeting)).items()}


def history(tools: Tools) -> list[Answer]:
    return list(tools.store.answers("cafe-13"))


def aside(tools: Tools) -> list[tuple[Why, str, str]]:
    return [(one.why, one.meeting, one.person) for one in tools.store.kept_aside()]


def armed(tools: Tools) -> None:
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")


def test_answers_are_kept_and_their_mails_are_done_with() -> None:
    tools = office_with_mailbox(answer(), answer("bruno", "DECLINED"))
    armed(tools)

    filed = receive(tools)

    assert said(tools) == {"anne": Partstat.ACCEPTED, "bruno": Partstat.DECLINED}
    assert filed == {Folder.DONE: 2}
    assert mailbox_of(tools).mails == {}


def test_the_same_mail_twice_has_one_effect_also_after_another_answer() -> None:
    yes, no = answer(), answer(partstat="DECLINED")
    tools = office_with_mailbox(yes, no, yes, b"Received: by another way\r\n" + yes)
    armed(tools)

    receive(tools)

    assert said(tools) == {"anne": Partstat.DECLINED}
    assert len(history(tools)) == 2


def test_a_mail_is_recorded_before_it_is_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    tools = office_with_mailbox(answer())
    armed(tools)

    def lost(_name: str, _folder: Folder) -> None:
        assert said(tools) == {"anne": Partstat.ACCEPTED}
        raise Unreachable("the line is lost")

    with monkeypatch.context() as patched:
        patched.setattr(mailbox_of(tools), "file", lost)
        with pytest.raises(Unreachable):
            receive(tools)

    receive(tools)

    assert len(history(tools)) == 1
    assert mailbox_of(tools).mails == {}


def test_the_newer_sequence_counts_then_the_later_stamp_then_the_last_heard() -> None:
    tools = office_with_mailbox(
        answer(partstat="DECLINED", sequence=1, stamp="20261208T080000Z"),
        answer(partstat="ACCEPTED", sequence=0, stamp="20261208T090000Z"),
        answer("bruno", "TENTATIVE", stamp="20261208T080000Z"),
        answer("bruno", "DECLINED", stamp="20261208T080000Z"),
        answer("bruno", "ACCEPTED", stamp="20261208T070000Z"),
    )
    edition = opened(tools, ANNE, BRUNO)
    assert edition.next is not None
    tools.store.save_edition(replace(edition, next=replace(edition.next, revision=1)))
    campaign.arm(tools, "cafe-12")

    receive(tools)

    assert said(tools) == {"anne": Partstat.DECLINED, "bruno": Partstat.DECLINED}


def test_a_stamp_from_the_future_does_not_silence_later_answers() -> None:
    tools = office_with_mailbox(answer(stamp="20990101T000000Z"))
    armed(tools)
    receive(tools)

    store_of(tools).set_clock(tools.store.now() + timedelta(hours=2))
    mailbox_of(tools).put(answer(partstat="DECLINED", stamp="20261208T100000Z"))
    receive(tools)

    assert said(tools) == {"anne": Partstat.DECLINED}


def test_an_answer_to_a_revision_that_was_never_sent_is_kept_aside() -> None:
    tools = office_with_mailbox(answer(sequence=7), answer("bruno", meeting="cafe-99"))
    armed(tools)

    receive(tools)

    assert said(tools) == {}
    assert set(aside(tools)) == {(Why.NEVER_SENT, "cafe-13", "anne"), (Why.NEVER_SENT, "cafe-99", "bruno")}
    assert len(mailbox_of(tools).filed[Folder.ASIDE]) == 2


def test_where_only_the_address_tells_the_one_invitation_still_open_is_meant() -> None:
    tools = office_with_mailbox(answer(uid="rewritten"), answer("carole", uid="rewritten"))
    armed(tools)

    receive(tools)

    assert said(tools) == {"anne": Partstat.ACCEPTED}
    assert aside(tools) == [(Why.WHICH_CAFE, "", "carole")]


def test_with_two_invitations_open_nothing_is_guessed() -> None:
    tools = office_with_mailbox(answer(uid="rewritten"))
    armed(tools)
    tools.store.save_edition(cafe(13))
    enlist(tools, "cafe-13", [ANNE])
    campaign.arm(tools, "cafe-13")

    receive(tools)

    assert aside(tools) == [(Why.WHICH_CAFE, "", "anne")]


def test_somebody_who_delegates_does_not_come_and_a_person_looks_at_it() -> None:
    tools = office_with_mailbox(answer(partstat="DELEGATED"))
    armed(tools)

    receive(tools)

    assert said(tools) == {"anne": Partstat.DELEGATED}
    assert aside(tools) == [(Why.DELEGATED, "cafe-13", "anne")]


def everything_lost_after_its_dot(tools: Tools) -> None:
    """Whatever is due now is handed over, and no reply comes."""
    lease = timedelta(minutes=15)
    claims = tools.store.claim(Lane.CAMPAIGN, token="lost", limit=10, lease=lease)
    tools.store.open_gate([Opening(claim, (), None) for claim in claims], lease=lease)
    tools.store.settle([Settlement(claim, State.IN_DOUBT, Reason.LOST_AFTER_DOT) for claim in claims])


def test_an_answer_ends_the_doubt_about_the_invitation_and_says_nothing_of_other_mails() -> None:
    tools = office_with_mailbox(answer())
    opened(tools, replace(ANNE, presence=Presence.PRESENT))
    campaign.arm(tools, "cafe-12")
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    everything_lost_after_its_dot(tools)
    assert states(tools)["invitation.anne"] == "scheduled again"

    receive(tools)

    assert states(tools)["invitation.anne"] == "sent evidence"
    assert states(tools)["thank-you.anne"] == "in_doubt lost_after_dot"


def test_what_a_program_wrote_needs_nobody_and_what_a_person_wrote_does() -> None:
    tools = office_with_mailbox(
        words("anne", "Auto-Submitted: auto-replied"), words("bruno"), b"\xff\x00nonsense"
    )
    armed(tools)

    filed = receive(tools)

    assert filed == {Folder.DONE: 1, Folder.ASIDE: 2}
    [theirs, _] = sorted(tools.store.kept_aside(), key=lambda one: one.sender == "")
    assert (theirs.why, theirs.sender, theirs.subject) == (Why.WORDS, "bruno@example.org", "Une question")


def test_organizers_are_told_once_what_waits_and_no_more_when_somebody_has_looked() -> None:
    tools = office_with_mailbox(dsn("elsewhere@example.org"), answer("bruno", sequence=7))
    armed(tools)
    receive(tools)
    receive(tools)
    assert [(n.edition, n.kind, n.details) for n in tools.store.open_notices()] == [
        ("cafe-12", NoticeKind.KEPT_ASIDE, {"messages": "2"})
    ]

    for one in tools.store.kept_aside():
        tools.store.let_go(one.mail)
    receive(tools)

    assert tools.store.open_notices() == ()


def test_a_mailbox_that_does_not_open_is_told_until_it_does() -> None:
    tools = office_with_mailbox(answer())
    armed(tools)
    mailbox_of(tools).broken = "the mailbox at imap.example.org:993 cannot be used: timed out"

    for _ in range(2):
        with pytest.raises(Unreachable):
            receive(tools)

    assert [notice.kind for notice in tools.store.open_notices()] == [NoticeKind.MAILBOX]
    mailbox_of(tools).broken = ""
    receive(tools)
    assert tools.store.open_notices() == ()
    assert said(tools) == {"anne": Partstat.ACCEPTED}


def test_without_a_mailbox_nothing_is_read() -> None:
    assert receive(replace(office_with_mailbox(), mailbox=None)) == {}


def test_two_events_in_one_mail_answer_two_invitations() -> None:
    events = [Event(f"cafe-{number}.anne@x", "anne@example.org") for number in (13, 14)]
    post = Post("rsvp+anne@cafe.example.org", "anne@example.org")
    tools = office_with_mailbox(post.around(calendar(*events).encode()))
    armed(tools)
    tools.store.save_edition(cafe(13))

    receive(tools)

    assert said(tools) == said(tools, "cafe-14") == {"anne": Partstat.ACCEPTED}
