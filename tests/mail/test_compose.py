"""Whole letters, from our own templates, read back by an independent parser."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mail.letters import ours
from tests.sample import cafe, guest
from worker.domain.facts import Facts
from worker.domain.message import Letter, MessageKey
from worker.domain.person import Presence
from worker.mail.calendar_card import read_card
from worker.mail.compose import LetterWriter
from worker.mail.identity import Identity
from worker.mail.tokens import read_return_path

SECRETS = (b"secret",)
LOCAL = Identity(
    "Café des Victoires",
    "bonjour@cafe.example.org",
    "cafe.example.org",
    "bounce.cafe.example.org",
    secrets=SECRETS,
)
WITH_PAGES = replace(LOCAL, page_url="https://cafe.example.org/apres", rsvp_address="rsvp@cafe.example.org")
AT = datetime(2026, 12, 9, 8, 0, tzinfo=UTC)
ZOE = guest("Zoe", presence=Presence.PRESENT)

ONCE = ["Date", "From", "To", "Reply-To", "Subject", "Message-ID", "MIME-Version", "Auto-Submitted",
        "X-Auto-Response-Suppress", "List-Id", "List-Unsubscribe", "Feedback-ID"]  # fmt: skip


def letter(step: str, identity: Identity = LOCAL, facts: Facts | None = None) -> Letter:
    known = facts or Facts(cafe(12), ZOE, partners=(guest("Ana", presence=Presence.PRESENT),))
    return LetterWriter(identity, ours()).compose(MessageKey("cafe-12", step, "zoe"), known, AT)


def parsed(made: Letter) -> EmailMessage:
    message = email.message_from_bytes(made.content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize("step", ["thank-you", "invitation", "nudge"])
def test_every_header_is_there_once(step: str) -> None:
    counted = Counter(parsed(letter(step)).keys())

    assert all(counted[name] == 1 for name in ONCE)
    assert max(counted.values()) == 1
    assert "List-Unsubscribe-Post" not in counted


def test_with_pages_the_way_out_is_one_click() -> None:
    raw = letter("invitation", WITH_PAGES).content

    assert re.search(rb"\r\nList-Unsubscribe: <https://cafe[^>]+>,\r\n <mailto:[^>]+>\r\n", raw)
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_a_mail_to_an_organizer_carries_no_campaign_headers() -> None:
    names = parsed(letter("ask-presence")).keys()

    assert not {"List-Unsubscribe", "List-Id", "Feedback-ID", "Precedence"} & set(names)


def test_the_envelope_comes_back_to_the_message() -> None:
    made = letter("nudge")

    local, _, domain = made.envelope.mail_from.partition("@")
    assert read_return_path(local, SECRETS) == made.key
    assert (domain, made.envelope.rcpt_to) == ("bounce.cafe.example.org", "zoe@example.org")


def test_the_invitation_has_the_tree_that_calendars_expect() -> None:
    message = parsed(letter("invitation", WITH_PAGES))

    mixed, alternative, *kinds = (part.get_content_type() for part in message.walk())
    assert (mixed, alternative) == ("multipart/mixed", "multipart/alternative")
    assert kinds == ["text/plain", "text/html", "text/calendar", "application/ics"]
    inline, attached = (bytes(part.get_payload(decode=True) or b"") for part in list(message.walk())[-2:])
    card, following = read_card(inline), cafe(12).next
    assert inline == attached
    assert card is not None
    assert following is not None
    assert card.starts == following.start
    assert "rsvp+" in card.organizer


def test_the_calendar_carries_no_link_of_the_person() -> None:
    parts = list(parsed(letter("invitation", WITH_PAGES)).walk())

    calendar = parts[-1].get_payload(decode=True)
    assert isinstance(calendar, bytes)
    assert b"/stop/" not in calendar
    assert b"/me/" not in calendar


def test_an_organizer_among_the_guests_is_not_their_own_organizer() -> None:
    host = cafe(12).host
    themselves = replace(ZOE, person=replace(ZOE.person, address=host.address))

    writer = LetterWriter(LOCAL, ours())

    assert writer.invitation(Facts(cafe(12), themselves), AT).organizer == LOCAL.sender_address


def test_the_same_facts_give_the_same_bytes() -> None:
    assert letter("invitation") == letter("invitation")


@settings(deadline=None)
@given(st.text(min_size=1, max_size=120), st.sampled_from(["thank-you", "invitation", "nudge"]))
def test_no_name_changes_the_set_of_headers(name: str, step: str) -> None:
    person = replace(ZOE.person, name=name, first_name=name)
    facts = Facts(cafe(12), replace(ZOE, person=person), partners=(guest("Ana", presence=Presence.PRESENT),))

    hostile, plain = letter(step, facts=facts), letter(step)

    assert parsed(hostile).keys() == parsed(plain).keys()
    head = hostile.content.split(b"\r\n\r\n")[0]
    assert all(len(line) <= 998 for line in head.split(b"\r\n"))
    assert hostile.content.count(b"\r") == hostile.content.count(b"\n") == hostile.content.count(b"\r\n")
