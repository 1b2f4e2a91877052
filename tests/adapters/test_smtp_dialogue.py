"""On which side of the final dot a line was lost, told by a real relay that misbehaves on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.relay import Certificate, Deed, Moment, Offers, Relay, Rule
from tests.submission import ANA, BEN, HASTE, address, open_gate, submitted
from worker.adapters.relay_address import Tls
from worker.domain.message import Letter, MessageKey
from worker.domain.reply import Phase, Verdict


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """One certificate for all tests here: making it costs more than using it."""
    return Certificate.made_in(tmp_path_factory.mktemp("tls"))


@pytest.mark.parametrize("phase", [Phase.MAIL, Phase.RCPT, Phase.DATA])
def test_a_silent_relay_is_left_in_time_and_has_nothing(phase: Phase) -> None:
    with Relay(Rule(Moment[phase.name], Deed.STALL)) as relay:
        replies = submitted(replace(address(relay), patience=HASTE), ANA, BEN)

    assert [(reply.phase, reply.code) for reply in replies] == [(phase, 0)]
    assert relay.mails == []


def test_silence_after_the_dot_is_a_doubt() -> None:
    with Relay(Rule(Moment.DOT, Deed.STALL)) as relay:
        replies = submitted(replace(address(relay), patience=HASTE), ANA, BEN)

    assert [(reply.phase, reply.verdict) for reply in replies] == [(Phase.DOT, Verdict.UNKNOWN)]
    assert [mail.rcpt_to for mail in relay.mails] == ["ana@example.org"]


def test_a_slow_acceptance_is_waited_for() -> None:
    with Relay(Rule(Moment.DOT, "250 2.0.0 at last", after=0.1)) as relay:
        replies = submitted(address(relay), ANA)

    assert [reply.verdict for reply in replies] == [Verdict.ACCEPTED]


@pytest.mark.parametrize("tls", [Tls.NONE, Tls.STARTTLS])
def test_a_line_cut_before_the_dot_is_noticed_before_the_dot(tls: Tls, certificate: Certificate) -> None:
    with Relay(Rule(Moment.BODY, Deed.CUT), offers=Offers(starttls=certificate)) as relay:
        where = replace(address(relay, tls), ca_file=certificate.cert)

        def slow_gate(letters: Sequence[Letter]) -> frozenset[MessageKey]:
            relay.await_deed()
            return open_gate(letters)

        [reply] = submitted(where, ANA, BEN, gate=slow_gate)

    assert (reply.phase, reply.verdict) == (Phase.DATA, Verdict.RELAY_DOWN)
    assert relay.mails == []


@pytest.mark.parametrize("reply", ["552 5.3.4 too big", "421 4.3.2 shutting down"])
def test_the_last_words_of_a_relay_that_breaks_off_in_the_body_are_heard(reply: str) -> None:
    with Relay(Rule(Moment.BODY, reply, to="ana@example.org")) as relay:

        def slow_gate(letters: Sequence[Letter]) -> frozenset[MessageKey]:
            if letters[0] == ANA:
                relay.await_deed()
            return open_gate(letters)

        replies = submitted(address(relay), ANA, BEN, gate=slow_gate)

    assert (replies[0].phase, str(replies[0])) == (Phase.DATA, reply)
    assert [mail.rcpt_to for mail in relay.mails] == (["ben@example.org"] if reply.startswith("552") else [])


def test_421_at_the_dot_is_a_refusal_not_a_doubt() -> None:
    with Relay(Rule(Moment.DOT, "421 4.3.2 shutting down")) as relay:
        replies = submitted(address(relay), ANA, BEN)

    assert [(reply.phase, reply.code, reply.verdict) for reply in replies] == [
        (Phase.DOT, 421, Verdict.RELAY_DOWN)
    ]
    assert relay.mails == []


@pytest.mark.parametrize("nonsense", ["354 more please", "hello", "25", "999 what", "250-never ends"])
def test_an_answer_to_the_dot_that_is_no_reply_is_a_doubt(nonsense: str) -> None:
    with Relay(Rule(Moment.DOT, nonsense)) as relay:
        replies = submitted(replace(address(relay), patience=HASTE), ANA)

    assert [reply.verdict for reply in replies] == [Verdict.UNKNOWN]


@pytest.mark.parametrize("goodbye", ["500 5.5.1 rude", "nonsense", Deed.CUT, Deed.STALL])
def test_a_rude_goodbye_does_not_unsay_the_250(goodbye: str | Deed) -> None:
    with Relay(Rule(Moment.QUIT, goodbye)) as relay:
        replies = submitted(replace(address(relay), patience=HASTE), ANA)

    assert [reply.verdict for reply in replies] == [Verdict.ACCEPTED]


def test_a_gate_that_fails_leaves_without_a_word() -> None:
    def broken_gate(_: Sequence[Letter]) -> frozenset[MessageKey]:
        raise LookupError

    with Relay() as relay, pytest.raises(LookupError):
        submitted(address(relay), ANA, gate=broken_gate)

    assert relay.fragments == [ANA.content]
    assert relay.mails == []


def test_a_shut_gate_leaves_a_body_without_its_dot() -> None:
    with Relay() as relay:
        replies = submitted(address(relay), ANA, BEN, gate=lambda _: frozenset())

    assert [reply.verdict for reply in replies] == [Verdict.GATE_CLOSED]
    assert (relay.fragments, relay.mails) == ([ANA.content], [])
