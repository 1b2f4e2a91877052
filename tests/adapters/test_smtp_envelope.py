"""What of a letter reaches a real relay: its body whole, its addresses only when they cannot be commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.relay import Moment, Offers, Relay, Rule
from tests.submission import ANA, BEN, address, letter_to, open_gate, submitted
from worker.adapters.relay_address import RelayAddress, Tls
from worker.adapters.smtp import SmtpTransport
from worker.adapters.smtp_envelope import transparent
from worker.domain.message import Envelope
from worker.domain.reply import Phase, Reply, Verdict
from worker.ports import Line

#: Bodies made of what is dangerous: dots, breaks of every kind, and something in between.
BODIES = st.lists(
    st.sampled_from([b".", b"..", b"\r\n", b"\r", b"\n", b"a", b"\xc3\xa9", b"\r\n.\r\n"]), max_size=40
)


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A relay that takes everything."""
    with Relay() as willing:
        yield willing


@pytest.fixture(scope="module")
def mail_room() -> Iterator[tuple[Relay, Line]]:
    """A relay and one line to it, for all examples."""
    with Relay() as relay:
        address = RelayAddress(
            relay.host, relay.port, Tls.NONE, local_hostname="a.example", letters_per_line=10**6
        )
        with SmtpTransport(address).connect() as line:
            assert not isinstance(line, Reply)
            yield relay, line


def in_lines(content: bytes) -> bytes:
    """The content with CRLF for every break and at its end: what a relay must get."""
    lines = re.split(rb"\r\n|\r|\n", content)
    return b"".join(line + b"\r\n" for line in (lines[:-1] if lines[-1] == b"" else lines))


@settings(deadline=None)
@given(BODIES.map(b"".join))
@example(b".")
@example(b"")
@example(b".\r\n")
@example(b"a\r\n.\r\nMAIL FROM:<eve@example.org>\r\n")
@example(b"a\n.\nMAIL FROM:<eve@example.org>")
@example(b"a\r.\rb")
def test_any_body_arrives_as_it_was_and_alone(mail_room: tuple[Relay, Line], content: bytes) -> None:
    relay, line = mail_room
    before = len(relay.mails)

    [(_, reply)] = line.submit([letter_to("ana", content)], open_gate)

    assert reply.code == 250
    assert [mail.content for mail in relay.mails[before:]] == [in_lines(content)]


@given(BODIES.map(b"".join))
def test_no_body_contains_the_end_of_a_mail(content: bytes) -> None:
    wire = b"\r\n" + transparent(content)

    assert not re.search(rb"(?:\r\n|\r(?!\n)|(?<!\r)\n)\.(?:\r|\n|\Z)", wire)
    assert wire.endswith(b"\r\n")


def test_a_clean_body_without_dots_is_not_touched() -> None:
    content = b"Subject: x\r\n\r\nBonjour. A bientot.\r\n"

    assert transparent(content) == content


@pytest.mark.parametrize(
    ("rcpt_to", "enhanced"),
    [
        ("ana@example.org>\r\nRCPT TO:<eve@example.org", "5.1.3"),
        ("ana@example.org\n", "5.1.3"),
        ("ana@exa mple.org", "5.1.3"),
        ("no-domain", "5.1.3"),
        (f"{'a' * 250}@example.org", "5.1.3"),
        ("zoé@example.org", "5.6.7"),
    ],
)
def test_an_address_that_could_be_a_command_is_refused_here(
    relay: Relay, rcpt_to: str, enhanced: str
) -> None:
    hostile = replace(ANA, envelope=Envelope("b@example.com", rcpt_to))

    replies = submitted(address(relay), hostile, BEN)

    assert [(reply.phase, reply.code, reply.enhanced) for reply in replies[:1]] == [
        (Phase.RCPT, 553, enhanced)
    ]
    assert [mail.rcpt_to for mail in relay.mails] == ["ben@example.org"]
    assert relay.transactions == 1


@pytest.mark.parametrize("words", [(), ("PIPELINING",)])
def test_accents_before_the_at_go_where_the_relay_takes_them(words: tuple[str, ...]) -> None:
    accented = replace(ANA, envelope=Envelope("b@example.com", "zoé.名前@example.org"))
    with Relay(offers=Offers(extensions=("8BITMIME", "SMTPUTF8", *words))) as relay:
        replies = submitted(address(relay), accented, BEN)

    assert [reply.verdict for reply in replies] == [Verdict.ACCEPTED, Verdict.ACCEPTED]
    assert [mail.rcpt_to for mail in relay.mails] == ["zoé.名前@example.org", "ben@example.org"]
    assert [command for command in relay.commands if command.startswith("MAIL")] == [
        "MAIL FROM:<b@example.com> SMTPUTF8",
        "MAIL FROM:<b@example.com>",
    ]


@pytest.mark.parametrize(
    "rcpt_to",
    [
        "zoé@example.org>\r\nRCPT TO:<eve@x",
        "zo\u0085é@example.org",
        "zo\u2028é@x.example",
        "\ud800@x.example",
        "é" * 130 + "@x.example",
        "zoé@é.example",
    ],
)
def test_accents_open_no_way_for_commands(rcpt_to: str) -> None:
    hostile = replace(ANA, envelope=Envelope("b@example.com", rcpt_to))
    with Relay(offers=Offers(extensions=("8BITMIME", "SMTPUTF8"))) as relay:
        replies = submitted(address(relay), hostile, BEN)

    assert (replies[0].code, replies[0].enhanced) == (553, "5.1.3")
    assert [mail.rcpt_to for mail in relay.mails] == ["ben@example.org"]


def test_a_sender_that_could_be_a_command_stops_the_round(relay: Relay) -> None:
    replies = submitted(
        address(relay), replace(ANA, envelope=Envelope("b@example.com\r\nRSET", "a@example.org")), BEN
    )

    assert [reply.verdict for reply in replies] == [Verdict.RELAY_REFUSES_US]
    assert relay.transactions == 0


def test_the_null_return_path_is_a_sender(relay: Relay) -> None:
    submitted(address(relay), replace(ANA, envelope=Envelope("", "ana@example.org")))

    assert [mail.mail_from for mail in relay.mails] == [""]


def test_a_letter_over_the_announced_size_bounces_without_being_sent() -> None:
    with Relay(offers=Offers(extensions=("SIZE 100",))) as relay:
        replies = submitted(address(relay), letter_to("ana", b"x" * 101), BEN)

    assert [reply.verdict for reply in replies] == [Verdict.REFUSED, Verdict.ACCEPTED]
    assert (replies[0].code, replies[0].enhanced, relay.transactions) == (552, "5.3.4", 1)


def test_addresses_in_a_reply_are_blotted_out() -> None:
    with Relay(Rule(Moment.RCPT, "550 5.1.1 <ana@example.org>: unknown user ana@example.org")) as relay:
        [reply] = submitted(address(relay), ANA)

    assert reply.text == "5.1.1 <…@…>: unknown user …@…"


def test_a_reply_in_several_lines_becomes_one() -> None:
    with Relay(Rule(Moment.RCPT, "550-5.1.1 we looked\r\n550-\r\n550 5.1.1 nobody")) as relay:
        [reply] = submitted(address(relay), ANA)

    assert str(reply) == "550 5.1.1 we looked 5.1.1 nobody"
