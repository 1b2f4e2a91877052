"""What comes in besides answers: stops, bounces, and words for a service or a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.mail.reports import dsn
from tests.sample import cafe, guest
from tests.services.incoming import mailbox_of, office_with_mailbox, words
from tests.services.office import opened, states, store_of
from worker.domain.delivery import Opening, Settlement
from worker.domain.inbound import Why
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.person import Presence
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.domain.suppression import EVERYTHING, Cause
from worker.ports.mailroom import Folder
from worker.services import campaign, listening
from worker.services.heard import Heard, TakenIn, who_wrote
from worker.services.receive import receive
from worker.services.tools import Tools

ANNE, BRUNO = (replace(guest(name), presence=Presence.PRESENT) for name in ("Anne", "Bruno"))
LEASE = timedelta(minutes=15)


def armed(*mails: bytes) -> Tools:
    """Anne and Bruno are on the list; their mails wait."""
    tools = office_with_mailbox(*mails)
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")
    return tools


def refusals(tools: Tools) -> dict[str, Cause]:
    return {field: one.cause for field, one in store_of(tools).memory.suppressions.items()}


def handed_over(tools: Tools, *, settled: bool = True) -> None:
    """Everything due is with the relay, which took it."""
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    claims = tools.store.claim(Lane.CAMPAIGN, token="t", limit=10, lease=LEASE)
    tools.store.open_gate([Opening(claim, (), None) for claim in claims], lease=LEASE)
    if settled:
        tools.store.settle([Settlement(claim, State.SENT, Reason.ACCEPTED) for claim in claims])


@pytest.mark.parametrize("text", ["stop", "Désinscription, merci"])
def test_stop_in_a_persons_words_stops_everything_and_the_plan_shows_it(text: str) -> None:
    tools = armed(words("anne", text=text))

    assert receive(tools) == {Folder.DONE: 1}

    assert refusals(tools) == {f"print-anne@example.org/{EVERYTHING}": Cause.UNSUBSCRIBED}
    assert states(tools)["invitation.anne"] == "skipped suppressed"
    assert states(tools)["invitation.bruno"] == "scheduled planned"


def test_the_mailto_of_a_mail_stops_its_purpose() -> None:
    tools = armed(words("anne", "Auto-Submitted: auto-generated", subject="stop cafe.invitations.anne"))

    receive(tools)

    assert refusals(tools) == {"print-anne@example.org/purpose:invitations": Cause.UNSUBSCRIBED}
    assert states(tools)["thank-you.anne"].startswith("scheduled")


def test_whoever_got_a_mail_forwarded_stops_themselves_and_nobody_else() -> None:
    forwarded = words("bruno", text="stop").replace(b"rsvp+bruno", b"rsvp+anne")
    tools = armed(forwarded)

    receive(tools)

    assert set(refusals(tools)) == {f"print-bruno@example.org/{EVERYTHING}"}


def test_stop_from_somebody_we_do_not_know_is_for_a_person() -> None:
    tools = armed(words("carole", text="stop"))

    assert receive(tools) == {Folder.ASIDE: 1}
    assert refusals(tools) == {}


def test_a_bounce_ends_its_message_and_only_a_bad_address_is_suppressed() -> None:
    tools = armed()
    handed_over(tools)
    mailbox_of(tools).put(dsn("b-cafe-12.invitation.anne@x", status="5.2.2", diagnosis="full"))
    mailbox_of(tools).put(dsn("b-cafe-12.invitation.bruno@x"))

    assert receive(tools) == {Folder.DONE: 2}

    assert states(tools)["invitation.anne"] == "bounced evidence"
    assert states(tools)["invitation.bruno"] == "bounced evidence"
    assert refusals(tools) == {f"print-bruno@example.org/{EVERYTHING}": Cause.ADDRESS_BAD}


def test_the_same_bounce_twice_and_one_of_nobodys_message_change_nothing_more() -> None:
    tools = armed()
    handed_over(tools)
    for key in ("cafe-12.invitation.anne", "cafe-12.invitation.anne", "cafe-99.invitation.zoe"):
        mailbox_of(tools).put(dsn(f"b-{key}@x"))
    receive(tools)

    entries = [entry.after for entry in tools.store.entries("cafe-12", "anne")]

    assert entries.count(State.BOUNCED) == 1
    assert mailbox_of(tools).mails == {}


def test_a_bounce_that_comes_before_the_reply_is_read_again() -> None:
    tools = armed()
    handed_over(tools, settled=False)
    mailbox_of(tools).put(dsn("b-cafe-12.invitation.anne@x"))

    assert receive(tools) == {}
    assert len(mailbox_of(tools).mails) == 1

    store_of(tools).memory.real += 2 * LEASE
    tools.store.reap()
    assert receive(tools) == {Folder.DONE: 1}
    assert states(tools)["invitation.anne"] == "bounced evidence"


def test_other_reports_are_kept_aside_and_delays_are_not() -> None:
    complaint = dsn("b-cafe-12.invitation.anne@x").replace(
        b"message/delivery-status", b"message/feedback-report"
    )
    tools = armed(
        complaint, dsn("elsewhere@x"), dsn("b-cafe-12.invitation.anne@x", action="delayed", status="4.4.1")
    )

    assert receive(tools) == {Folder.ASIDE: 2, Folder.DONE: 1}
    assert {(one.why, one.person) for one in tools.store.kept_aside()} == {
        (Why.COMPLAINT, "anne"),
        (Why.BOUNCE, ""),
    }


def test_a_service_that_understands_a_mail_has_it_and_stop_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[Heard] = []

    def understands(_tools: Tools, one: Heard) -> TakenIn:
        heard.append(one)
        return TakenIn(Folder.DONE)

    monkeypatch.setattr(listening, "LISTENERS", (*listening.LISTENERS, understands))
    thread = "In-Reply-To: <cafe-12.nudge.anne@cafe.example.org>"
    tools = armed(words("anne", thread, text="Oui !\r\n\r\n> stop"), words("bruno", text="stop"))

    assert receive(tools) == {Folder.DONE: 2}

    [anne] = heard
    assert (anne.person, anne.edition, anne.wrote.words) == ("anne", "cafe-12", "Oui !")
    assert anne.wrote.about == MessageKey("cafe-12", "nudge", "anne")
    assert tools.store.kept_aside() == ()


def test_who_writes_is_known_by_secret_then_by_thread_then_by_address() -> None:
    tools = armed()
    tools.store.save_edition(cafe(13))
    tools.store.save_guests("cafe-13", [ANNE])
    campaign.arm(tools, "cafe-13")
    read = tools.read_answers

    def who(*headers: str, to: str = "rsvp@example.org", sender: str = "zoe@example.org") -> tuple[str, str]:
        [wrote] = read("\r\n".join([f"From: {sender}", f"To: {to}", *headers, "", "Oui", ""]).encode())
        return who_wrote(tools, wrote)  # type: ignore[arg-type]

    assert who(to="rsvp+anne@example.org") == ("anne", "cafe-13")
    assert who("In-Reply-To: <cafe-12.nudge.anne@x>") == ("anne", "cafe-12")
    assert who("In-Reply-To: <cafe-12.nudge.nobody@x>", sender="bruno@example.org") == ("bruno", "cafe-12")
    assert who() == ("", "")
