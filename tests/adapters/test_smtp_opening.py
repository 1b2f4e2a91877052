"""TLS and AUTH with a real relay: what is required, and what is never shown without it."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from tests.relay import PASSWORD, USERNAME, Certificate, Moment, Offers, Relay, Rule
from tests.submission import ANA, BEN, address, submitted
from worker.adapters.relay_address import RelayAddress, Tls
from worker.adapters.smtp_dialogue import Dialogue
from worker.adapters.smtp_opening import open_dialogue
from worker.domain.reply import Phase, Verdict


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """One certificate for all tests here: making it costs more than using it."""
    return Certificate.made_in(tmp_path_factory.mktemp("tls"))


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.OPPORTUNISTIC, Tls.IMPLICIT])
def test_mail_goes_over_tls_with_a_certificate_we_trust(tls: Tls, certificate: Certificate) -> None:
    offers = Offers(implicit_tls=certificate) if tls is Tls.IMPLICIT else Offers(starttls=certificate)
    with Relay(offers=offers) as relay:
        replies = submitted(replace(address(relay, tls), ca_file=certificate.cert), ANA, BEN)

    assert [reply.verdict for reply in replies] == [Verdict.ACCEPTED] * 2
    assert ("STARTTLS" in relay.commands) is (tls is not Tls.IMPLICIT)


@pytest.mark.parametrize("tls", [Tls.NONE, Tls.STARTTLS])
def test_no_write_waits_for_the_acknowledgement_of_the_one_before(tls: Tls, certificate: Certificate) -> None:
    with Relay(offers=Offers(starttls=certificate)) as relay:
        dialogue = open_dialogue(replace(address(relay, tls), ca_file=certificate.cert))
        assert isinstance(dialogue, Dialogue)
        nodelay = dialogue.line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        dialogue.hang_up()

    assert nodelay


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.IMPLICIT])
def test_a_certificate_nobody_vouches_for_gets_no_mail(tls: Tls, certificate: Certificate) -> None:
    offers = Offers(implicit_tls=certificate) if tls is Tls.IMPLICIT else Offers(starttls=certificate)
    with Relay(offers=offers) as relay:
        [reply] = submitted(address(relay, tls), ANA)

    assert (reply.phase, reply.verdict) == (Phase.CONNECT, Verdict.RELAY_DOWN)
    assert "certificate" in reply.text.lower()


def test_a_relay_without_the_tls_we_require_sees_neither_password_nor_mail() -> None:
    with Relay(offers=Offers(auth="PLAIN LOGIN")) as relay:
        where = replace(address(relay, Tls.STARTTLS), username=USERNAME, password=PASSWORD)
        [reply] = submitted(where, ANA)

    assert (reply.phase, reply.code) == (Phase.CONNECT, 0)
    assert "STARTTLS" in reply.text
    assert relay.commands == ["EHLO apres.example.com"]


def test_a_relay_that_refuses_starttls_it_offered_gets_no_mail(certificate: Certificate) -> None:
    with Relay(Rule(Moment.STARTTLS, "454 4.7.0 no TLS now"), offers=Offers(starttls=certificate)) as relay:
        [reply] = submitted(address(relay, Tls.STARTTLS), ANA)

    assert (reply.phase, reply.code) == (Phase.CONNECT, 454)
    assert relay.transactions == 0


def test_opportunistic_tls_takes_what_there_is(certificate: Certificate) -> None:
    with Relay() as bare, Relay(offers=Offers(starttls=certificate)) as unvouched:
        encrypted = submitted(address(unvouched, Tls.OPPORTUNISTIC), ANA)
        plain = submitted(address(bare, Tls.OPPORTUNISTIC), ANA)

    assert [reply.verdict for reply in encrypted + plain] == [Verdict.ACCEPTED] * 2
    assert "STARTTLS" in unvouched.commands


def test_a_password_is_never_opportunistic() -> None:
    with Relay(offers=Offers(auth="PLAIN")) as relay:
        where = replace(address(relay, Tls.OPPORTUNISTIC), username=USERNAME, password=PASSWORD)
        [reply] = submitted(where, ANA)

    assert reply.phase is Phase.CONNECT
    assert relay.commands == ["EHLO apres.example.com"]


@pytest.mark.parametrize("mechanisms", ["PLAIN", "LOGIN", "PLAIN LOGIN"])
def test_the_right_password_opens_the_line(mechanisms: str) -> None:
    with Relay(offers=Offers(auth=mechanisms)) as relay:
        replies = submitted(replace(address(relay), username=USERNAME, password=PASSWORD), ANA)

    assert [reply.verdict for reply in replies] == [Verdict.ACCEPTED]


@pytest.mark.parametrize(
    ("offered", "password", "code"),
    [("PLAIN", "wrong", 535), ("PLAIN", "mot de passé", 535), ("", PASSWORD, 504), ("GSSAPI", PASSWORD, 504)],
)
def test_a_login_that_cannot_work_is_the_relay_refusing_us(offered: str, password: str, code: int) -> None:
    with Relay(offers=Offers(auth=offered)) as relay:
        [reply] = submitted(replace(address(relay), username=USERNAME, password=password), ANA)

    assert (reply.phase, reply.code, reply.verdict) == (Phase.AUTH, code, Verdict.RELAY_REFUSES_US)
    assert relay.transactions == 0


def test_a_login_that_fails_for_now_is_a_relay_that_is_down() -> None:
    with Relay(Rule(Moment.AUTH, "454 4.7.0 directory away"), offers=Offers(auth="PLAIN")) as relay:
        [reply] = submitted(replace(address(relay), username=USERNAME, password=PASSWORD), ANA)

    assert (reply.code, reply.verdict) == (454, Verdict.RELAY_DOWN)


def test_a_password_does_not_show_in_a_repr() -> None:
    assert PASSWORD not in repr(RelayAddress("relay.example.org", 587, username=USERNAME, password=PASSWORD))
