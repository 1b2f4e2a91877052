"""Connections to a real relay: reused, replaced, refused."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.relay import Deed, Moment, Relay, Rule
from tests.submission import ANA, BEN, CLEO, HASTE, address, letter_to, open_gate, submitted
from worker.adapters.relay_address import RelayAddress, Tls
from worker.adapters.smtp import SmtpTransport
from worker.domain.reply import Phase, Reply, Verdict


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A relay that takes everything."""
    with Relay() as willing:
        yield willing


def test_letters_share_one_connection_and_one_goodbye(relay: Relay) -> None:
    submitted(address(relay), ANA, BEN, CLEO)

    assert relay.connections == 1
    assert relay.commands == [
        "EHLO apres.example.com",
        *["MAIL FROM:<b@example.com>", "RCPT TO:<ana@example.org>", "DATA"],
        *["MAIL FROM:<b@example.com>", "RCPT TO:<ben@example.org>", "DATA"],
        *["MAIL FROM:<b@example.com>", "RCPT TO:<cleo@example.org>", "DATA"],
        "QUIT",
    ]


def test_a_worn_out_connection_is_replaced_between_two_letters(relay: Relay) -> None:
    replies = submitted(replace(address(relay), letters_per_line=2), ANA, BEN, CLEO)

    assert [reply.verdict for reply in replies] == [Verdict.ACCEPTED] * 3
    assert [mail.connection for mail in relay.mails] == [1, 1, 2]


def test_a_relay_gone_when_the_connection_is_replaced_ends_the_round() -> None:
    with Relay(Rule(Moment.CONNECT, "421 4.3.2 full", nth=1)) as relay:
        replies = submitted(replace(address(relay), letters_per_line=1), ANA, BEN, CLEO)

    assert [(reply.phase, reply.code) for reply in replies] == [(Phase.DOT, 250), (Phase.CONNECT, 421)]


def test_a_line_whose_relay_closed_goes_on_over_a_new_connection() -> None:
    closing = Relay(Rule(Moment.RCPT, "421 4.3.2 closing", times=1))
    with closing as relay, SmtpTransport(address(relay)).connect() as line:
        assert not isinstance(line, Reply)
        replies = [reply for _ in range(2) for _, reply in line.submit([ANA], open_gate)]

    assert [reply.verdict for reply in replies] == [Verdict.RELAY_DOWN, Verdict.ACCEPTED]
    assert relay.connections == 2


def test_a_refused_recipient_is_reset_on_the_same_connection() -> None:
    with Relay(Rule(Moment.RCPT, "550 5.1.1 nobody", to="ana@example.org")) as relay:
        replies = submitted(address(relay), ANA, BEN)

    assert [reply.verdict for reply in replies] == [Verdict.REFUSED, Verdict.ACCEPTED]
    assert relay.connections == 1
    assert relay.commands.count("RSET") == 1


def test_a_relay_that_will_not_reset_is_left() -> None:
    rules = Rule(Moment.RCPT, "550 5.1.1 nobody", to="ana@example.org"), Rule(Moment.RSET, "500 5.5.1 no")
    with Relay(*rules) as relay:
        replies = submitted(address(relay), ANA, BEN)

    assert [reply.verdict for reply in replies] == [Verdict.REFUSED, Verdict.RELAY_DOWN]
    assert relay.mails == []


def test_after_ten_refusals_the_session_is_ended_before_the_relay_does_it() -> None:
    letters = [letter_to(f"guest-{number}") for number in range(12)]
    with Relay(Rule(Moment.RCPT, "550 5.1.1 nobody", times=11)) as relay:
        replies = submitted(address(relay), *letters)

    assert [reply.verdict for reply in replies] == [Verdict.REFUSED] * 11 + [Verdict.ACCEPTED]
    assert relay.connections == 2


def test_a_greylisted_recipient_is_taken_the_second_time() -> None:
    with Relay(Rule(Moment.RCPT, "450 4.7.1 greylisted", to="ana@example.org", times=1)) as relay:
        first, second = submitted(address(relay), ANA), submitted(address(relay), ANA)

    assert [reply.verdict for reply in first + second] == [Verdict.TRY_LATER, Verdict.ACCEPTED]
    assert first[0].enhanced == "4.7.1"


def test_a_relay_that_refuses_our_sender_is_not_asked_again() -> None:
    with Relay(Rule(Moment.MAIL, "550 5.7.1 sender not allowed")) as relay:
        replies = submitted(address(relay), ANA, BEN)

    assert [reply.verdict for reply in replies] == [Verdict.RELAY_REFUSES_US]
    assert relay.transactions == 1


def test_nobody_listening_is_a_reply() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]

    [reply] = submitted(RelayAddress("127.0.0.1", port, tls=Tls.NONE), ANA)

    assert (reply.phase, reply.code, reply.verdict) == (Phase.CONNECT, 0, Verdict.RELAY_DOWN)


@pytest.mark.parametrize("host", ["relay.invalid", "a..b"])
def test_a_host_nobody_knows_is_a_reply(host: str) -> None:
    [reply] = submitted(RelayAddress(host, 25, tls=Tls.NONE), ANA)

    assert reply.verdict is Verdict.RELAY_DOWN


@pytest.mark.parametrize("moment", [Moment.CONNECT, Moment.EHLO])
@pytest.mark.parametrize("deed", [Deed.CUT, Deed.STALL, "421 4.3.2 full", "554 5.3.2 go away"])
def test_a_relay_that_will_not_begin_is_a_reply(moment: Moment, deed: str | Deed) -> None:
    with Relay(Rule(moment, deed)) as relay:
        [reply] = submitted(replace(address(relay), patience=HASTE), ANA)

    accepts_helo_instead = moment is Moment.EHLO and deed == "554 5.3.2 go away"
    assert reply.verdict is (Verdict.ACCEPTED if accepts_helo_instead else Verdict.RELAY_DOWN)
