"""On which side of the final dot a line was lost, told by a real relay that misbehaves on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.relay import Certificate, Deed, Moment, Offers, Relay, Rule
from tests.submission import ANA, BEN, CLEO, HASTE, address, letter_to, submitted
from worker.adapters.relay_address import Tls
from worker.domain.message import Letter, MessageKey
from worker.domain.reply import Phase, Verdict

#: More than the buffers of loopback hold.
LONG = letter_to("ana", b"Subject: long\r\n\r\n" + b"0123456789abcdef" * 1_000_000 + b"\r\n")


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
def test_a_line_cut_while_a_long_body_goes_out_is_no_doubt(tls: Tls, certificate: Certificate) -> None:
    with Relay(Rule(Moment.BODY, Deed.SLAM), offers=Offers(starttls=certificate)) as relay:
        [reply] = submitted(replace(address(relay, tls), ca_file=certificate.cert), LONG, BEN)

    assert (reply.phase, reply.verdict) == (Phase.DATA, Verdict.RELAY_DOWN)
    assert relay.mails == []


@pytest.mark.parametrize("letter", [ANA, LONG])
@pytest.mark.parametrize(
    ("words", "verdict"),
    [("552 5.3.4 too big", Verdict.REFUSED), ("421 4.3.2 shutting down", Verdict.RELAY_DOWN)],
)
def test_the_last_words_of_a_relay_that_breaks_off_in_the_body_are_heard(
    letter: Letter, words: str, verdict: Verdict
) -> None:
    with Relay(Rule(Moment.BODY, words, to="ana@example.org")) as relay:
        replies = submitted(replace(address(relay), patience=HASTE), letter, BEN)

    assert (str(replies[0]), replies[0].verdict) == (words, verdict)
    assert [mail.rcpt_to for mail in relay.mails] in ([], ["ben@example.org"])


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


def test_a_gate_that_fails_or_is_shut_keeps_every_word_back() -> None:
    def broken_gate(_: Sequence[Letter]) -> frozenset[MessageKey]:
        raise LookupError

    with Relay() as relay:
        with pytest.raises(LookupError):
            submitted(address(relay), ANA, gate=broken_gate)
        [reply, _] = submitted(address(relay), ANA, BEN, gate=lambda _: frozenset())

    assert reply.verdict is Verdict.GATE_CLOSED
    assert (relay.transactions, relay.connections) == (0, 2)


def test_no_dot_leaves_when_its_gate_is_too_long_ago() -> None:
    with Relay() as relay:
        where = replace(address(relay), patience=replace(HASTE, gate=0.0))
        [reply] = submitted(where, ANA, BEN)

    assert (reply.phase, reply.verdict) == (Phase.DATA, Verdict.RELAY_DOWN)
    assert (relay.fragments, relay.mails) == ([b""], [])


def test_a_slow_relay_gets_as_many_of_a_group_as_there_is_time_for() -> None:
    with Relay(Rule(Moment.DOT, "250 2.0.0 slowly", after=0.1)) as relay:
        where = replace(address(relay), patience=replace(HASTE, dot=2, gate=0.15))
        replies = submitted(where, ANA, BEN, CLEO, group=3)

    assert [reply.verdict for reply in replies] == [Verdict.ACCEPTED] * len(relay.mails)
    assert len(relay.mails) < 3
