"""What a person should answer reaches the organizer as a mail, once, and holds nothing but nudges."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.sample import guest
from tests.services.incoming import answer, mailbox_of, office_with_mailbox, words
from tests.services.office import opened, sent, states, store_of
from worker.domain.campaign import Status
from worker.domain.inbound import Why
from worker.domain.notice import HOUSE
from worker.domain.person import Consent, Presence
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.answer_by_hand import looked_at
from worker.services.deliver import deliver_batch
from worker.services.forwarding import of_forward
from worker.services.receive import receive
from worker.services.tend import watch
from worker.services.tools import Tools

ANNE, BRUNO = (
    replace(guest(name), presence=Presence.PRESENT, introduced=Consent.GIVEN) for name in ("Anne", "Bruno")
)


def armed(*mails: bytes) -> Tools:
    """Anne and Bruno are to be introduced to each other."""
    tools = office_with_mailbox(*mails)
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")
    return tools


def delivered(tools: Tools) -> list[str]:
    """What left on the urgent lane."""
    while deliver_batch(tools, Lane.URGENT, go_on=lambda: True):
        pass
    return [key for key in sent(tools) if key.startswith(f"{HOUSE}.forward")]


def forwards(tools: Tools) -> list[str]:
    return [str(r.key) for r in tools.store.records(HOUSE) if r.key.step_name == "forward"]


def test_words_are_forwarded_once_to_whoever_signs() -> None:
    mail = words("anne")
    tools = armed(mail, mail)

    receive(tools)
    mailbox_of(tools).put(mail)
    receive(tools)

    [key] = delivered(tools)
    assert key.startswith("apres.forward-1.")
    assert tools.store.campaign(HOUSE).status is Status.ARMED
    facts = of_forward(tools, next(r.key for r in tools.store.records(HOUSE)))
    assert not isinstance(facts, str)
    assert facts.guest.person.address == facts.edition.host.address
    assert facts.forwarded is not None
    assert facts.forwarded.writer == "anne@example.org"
    assert facts.forwarded.words == "Puis-je amener un ami ?"
    assert facts.forwarded.content == mail


def test_a_mail_that_is_forwarded_opens_no_notice_besides() -> None:
    tools = armed(words("anne"), answer("bruno", method="COUNTER"), answer("bruno", "DELEGATED"))

    receive(tools)

    assert len(delivered(tools)) == 3
    assert tools.store.open_notices() == ()
    assert {one.why for one in tools.store.kept_aside()} == {Why.WORDS, Why.COUNTER, Why.DELEGATED}


def test_only_nudges_wait_until_somebody_has_looked() -> None:
    tools = armed(words("anne"))
    before = states(tools)
    receive(tools)

    assert states(tools)["nudge.anne"] == "skipped wrote"
    assert states(tools)["nudge.bruno"] == before["nudge.bruno"] == "scheduled planned"
    assert states(tools)["invitation.anne"].startswith("scheduled")
    assert states(tools)["thank-you.anne"].startswith("scheduled")

    looked_at(tools, tools.store.kept_aside()[0].mail)

    assert states(tools)["nudge.anne"] == "scheduled replanned"
    assert delivered(tools) == []  # somebody looked before it left


def test_whoever_writes_while_their_nudge_is_due_does_not_get_it() -> None:
    tools = armed()
    store_of(tools).set_clock(tools.store.now() + timedelta(days=6))
    receive(replace(tools, mailbox=office_with_mailbox(words("anne")).mailbox))

    while deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True):
        pass

    assert "cafe-12.nudge.bruno" in sent(tools)
    assert "cafe-12.nudge.anne" not in sent(tools)


def test_what_was_kept_for_a_forward_goes_when_it_has_left() -> None:
    tools = armed(words("anne"))
    receive(tools)
    watch(tools)
    assert tools.store.originals() == (1,)

    delivered(tools)
    watch(tools)

    assert tools.store.originals() == ()
    assert len(tools.store.kept_aside()) == 1


def test_a_mail_too_long_to_be_kept_is_forwarded_without_it() -> None:
    tools = armed(words("anne", text="x\r\n" * 500_000))

    receive(tools)

    original = tools.store.original(1)
    assert original is not None
    assert original.raw == b""
    assert len(delivered(tools)) == 1


def test_an_organizers_own_mail_is_not_sent_back_and_one_sender_fills_no_inbox() -> None:
    host = words("anne").replace(b"From: anne@example.org", b"From: nadia@example.org")
    tools = armed()
    organizer = tools.store.edition("cafe-12").host.address.encode()  # type: ignore[union-attr]
    mailbox_of(tools).put(host.replace(b"nadia@example.org", organizer))
    for number in range(8):
        mailbox_of(tools).put(words("bruno", text=f"encore {number}"))

    receive(tools)

    assert len(forwards(tools)) == 5
    assert len(tools.store.kept_aside()) == 9
    [notice] = tools.store.open_notices()
    assert notice.details == {"messages": "4"}


def test_strangers_together_fill_no_inbox() -> None:
    tools = armed(*(words(f"zoe{number}", text=f"offre {number}") for number in range(25)))

    receive(tools)

    assert len(forwards(tools)) == 20
    assert len(tools.store.kept_aside()) == 25


def test_a_lost_worker_leaves_no_forward_out() -> None:
    tools = armed(words("anne"))
    receive(tools)
    store_of(tools).memory.messages.clear()  # as if it died before the forward was planned

    mailbox_of(tools).put(words("anne"))
    receive(tools)

    assert len(forwards(tools)) == 1
