"""Whole letters, from our own templates, read back by an independent parser."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mail.hostile import hostile
from tests.mail.letters import ours
from tests.sample import cafe, guest
from worker.domain.edition import Venue
from worker.domain.facts import Facts
from worker.domain.message import Letter, MessageKey
from worker.domain.person import Presence
from worker.domain.sequence import CalendarPart, Purpose
from worker.mail.calendar_card import read_card
from worker.mail.compose import LetterWriter
from worker.mail.identity import Identity
from worker.mail.kinds import Kind
from worker.mail.tokens import Use, WayOut, read_return_path, read_signed, read_way_out

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


@pytest.mark.parametrize("step", ["thank-you", "invitation"])
def test_a_recipient_with_accents_before_the_at_is_read_back(step: str) -> None:
    zoe = replace(ZOE, person=replace(ZOE.person, address="zoé.名@café.example.org", name="Zoé"))
    made = letter(step, facts=Facts(cafe(12), zoe))

    [to] = email.message_from_string(made.content.decode(), policy=email.policy.SMTPUTF8)["To"].addresses

    assert made.envelope.rcpt_to == to.addr_spec == "zoé.名@xn--caf-dma.example.org"
    assert to.display_name == "Zoé"
    assert made.content.replace("zoé.名@".encode(), b"").isascii()
    if step == "invitation":
        [ics] = [part for part in parsed(made).walk() if part.get_content_type() == "text/calendar"]
        card = read_card(bytes(ics.get_payload(decode=True)))
        assert card is not None
        assert [unquote(who) for who in card.attendees] == ["Zoé <zoé.名@xn--caf-dma.example.org>"]


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


def test_without_https_there_is_no_one_click() -> None:
    names = parsed(letter("invitation", replace(LOCAL, page_url="http://localhost:8025"))).keys()

    assert "List-Unsubscribe" in names
    assert "List-Unsubscribe-Post" not in names


@pytest.mark.parametrize(
    ("step", "purpose"), [("thank-you", "thanks"), ("invitation", "invitations"), ("nudge", "introductions")]
)
def test_the_way_out_says_who_wants_no_more_of_what(step: str, purpose: str) -> None:
    offered = str(parsed(letter(step, WITH_PAGES))["List-Unsubscribe"])

    tokens = re.findall(r"(?:/stop/|stop%20)([a-z0-9.-]+)>", offered.replace("\n", ""))

    assert [read_way_out(token, SECRETS) for token in tokens] == [WayOut("cafe", purpose, "zoe")] * 2


def test_feedback_names_the_campaign_and_never_the_reader() -> None:
    assert parsed(letter("nudge"))["Feedback-ID"] == "cafe-12:cafe:nudge:apresmail"


def test_only_proactive_mails_are_bulk() -> None:
    bulk = {step: parsed(letter(step))["Precedence"] for step in ("thank-you", "invitation", "nudge")}

    assert bulk == {"thank-you": None, "invitation": "bulk", "nudge": "bulk"}


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
    assert message["Reply-To"].addresses[0].addr_spec in card.organizer


def test_answers_to_a_calendar_come_to_an_address_that_names_the_guest() -> None:
    writer = LetterWriter(WITH_PAGES, ours())

    local = writer.invitation(Facts(cafe(12), ZOE), AT).organizer.partition("@")[0]

    assert read_signed(Use.RSVP, local.removeprefix("rsvp+"), SECRETS) == "zoe"
    assert len(local) <= 64


def test_uid_and_organizer_stay_when_a_key_is_added_and_differ_between_guests() -> None:
    rotated = replace(WITH_PAGES, secrets=(b"newer", *SECRETS))
    before, after = LetterWriter(WITH_PAGES, ours()), LetterWriter(rotated, ours())
    zoe, ana = Facts(cafe(12), ZOE), Facts(cafe(12), guest("Ana"))

    old, new, other = before.invitation(zoe, AT), after.invitation(zoe, AT), after.invitation(ana, AT)

    assert (old.uid, old.organizer) == (new.uid, new.organizer)
    assert other.uid != new.uid
    assert read_signed(Use.UID, new.uid.partition("@")[0], rotated.secrets) == "cafe-13.zoe"


def test_a_step_that_asks_for_a_calendar_gets_one_whatever_its_name() -> None:
    calling = LetterWriter(LOCAL, ours(), lambda _edition, _step: Kind(Purpose.THANKS, CalendarPart.REQUEST))

    made = calling.compose(MessageKey("cafe-12", "thank-you", "zoe"), Facts(cafe(12), ZOE), AT)

    assert [part.get_content_type() for part in parsed(made).walk()][-2:] == [
        "text/calendar",
        "application/ics",
    ]


def test_the_calendar_carries_no_link_of_the_person() -> None:
    parts = list(parsed(letter("invitation", WITH_PAGES)).walk())

    calendar = parts[-1].get_payload(decode=True)
    assert isinstance(calendar, bytes)
    assert b"/stop/" not in calendar
    assert b"/me/" not in calendar


def test_an_organizer_among_the_guests_is_not_their_own_organizer() -> None:
    host = cafe(12).host
    themselves = replace(ZOE, person=replace(ZOE.person, address=host.address.title()))

    writer = LetterWriter(LOCAL, ours())

    assert writer.invitation(Facts(cafe(12), themselves), AT).organizer == LOCAL.sender_address


def test_the_same_facts_give_the_same_bytes() -> None:
    assert letter("invitation") == letter("invitation")


@settings(deadline=None)
@given(
    hostile(min_size=1, max_size=120),
    st.sampled_from(["thank-you", "invitation", "nudge"]),
)
def test_no_name_changes_the_set_of_headers(name: str, step: str) -> None:
    person = replace(ZOE.person, name=name, first_name=name)
    facts = Facts(cafe(12), replace(ZOE, person=person), partners=(guest("Ana", presence=Presence.PRESENT),))

    assert_harmless(letter(step, facts=facts), letter(step))


@settings(deadline=None)
@given(hostile(max_size=60))
def test_no_title_venue_series_or_host_changes_the_set_of_headers(text: str) -> None:
    known, following = cafe(12), cafe(12).next
    assert following is not None
    hostile = replace(
        known,
        series=replace(known.series, name=f"Café {text}", url=f"https://cafe.example.org/{text}"),
        organizers=(replace(known.host, name=f"Paule {text}"),),
        next=replace(following, title=f"Café {text}", venue=Venue(f"Bar {text}", f"Paris {text}")),
    )

    assert_harmless(letter("invitation", facts=Facts(hostile, ZOE)), letter("invitation"))


def assert_harmless(hostile: Letter, plain: Letter) -> None:
    """The same headers, the same parts, CRLF only, no line over what RFC 2047 §2 and RFC 2045 §6 allow."""
    assert parsed(hostile).keys() == parsed(plain).keys()
    assert [part.get_content_type() for part in parsed(hostile).walk()] == [
        part.get_content_type() for part in parsed(plain).walk()
    ]
    lines = hostile.content.split(b"\r\n")
    assert b"\r" not in b"".join(lines)
    assert b"\n" not in b"".join(lines)
    assert (
        max(len(line) for line in lines if not line.startswith((b"List-Unsubscribe: ", b" <mailto:"))) <= 76
    )
