"""Groups of commands to a relay that takes them (RFC 2920): what goes together, and one true reply for each letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.relay import PIPELINING, Deed, Moment, Offers, Relay, Rule
from tests.submission import ANA, BEN, CLEO, HASTE, address, letter_to, submitted
from worker.adapters.smtp import LastingSmtpTransport, SmtpTransport
from worker.domain.message import Letter, MessageKey
from worker.domain.reply import Phase, Reply, Verdict
from worker.ports import Gate

LETTERS = [letter_to(name) for name in ("ana", "ben", "cleo", "dora", "emil")]
QUICK = replace(HASTE, mail=0.05, rcpt=0.05, data=0.05, dot=0.05, quit=0.05)


def test_a_body_and_the_next_envelope_leave_together_and_every_reply_is_told_apart() -> None:
    with Relay(Rule(Moment.RCPT, "550 5.1.1 nobody", to="ben@example.org"), offers=PIPELINING) as relay:
        replies = submitted(address(relay), ANA, BEN, CLEO, group=3)

    assert [str(reply)[:9] for reply in replies] == ["250 2.0.0", "550 5.1.1", "250 2.0.0"]
    assert relay.commands == [
        "EHLO apres.example.com",
        *["MAIL FROM:<b@example.com>", "RCPT TO:<ana@example.org>", "DATA"],
        *["MAIL FROM:<b@example.com>", "RCPT TO:<ben@example.org>", "DATA", "RSET"],
        *["MAIL FROM:<b@example.com>", "RCPT TO:<cleo@example.org>", "DATA"],
        "QUIT",
    ]


def test_a_relay_that_wants_the_body_of_a_letter_it_refused_gets_an_empty_one() -> None:
    nobody = Rule(Moment.RCPT, "550 5.1.1 nobody", to="ana@example.org")
    with Relay(nobody, offers=replace(PIPELINING, eager=True)) as relay:
        replies = submitted(address(relay), ANA, BEN, group=2)

    assert [reply.verdict for reply in replies] == [Verdict.REFUSED, Verdict.ACCEPTED]
    assert [mail.rcpt_to for mail in relay.mails] == ["ben@example.org"]
    assert relay.connections == 1


def test_a_reply_too_few_is_a_lost_line_and_a_letter_not_begun() -> None:
    with Relay(Rule(Moment.MAIL, Deed.SKIP, nth=2), offers=PIPELINING) as relay:
        replies = submitted(replace(address(relay), patience=QUICK), ANA, BEN, CLEO, group=3)

    assert [reply.verdict for reply in replies] == [Verdict.ACCEPTED, Verdict.RELAY_DOWN]
    assert [mail.rcpt_to for mail in relay.mails] == ["ana@example.org"]


@pytest.mark.parametrize("moment", [Moment.MAIL, Moment.RCPT, Moment.DATA])
def test_a_reply_too_many_is_never_taken_for_that_of_a_dot(moment: Moment) -> None:
    usual = "354 go ahead" if moment is Moment.DATA else "250 ok"
    with Relay(Rule(moment, f"{usual}\r\n250 2.0.0 stray"), offers=PIPELINING) as relay:
        replies = submitted(address(relay), ANA, BEN, group=2)

    assert [reply.verdict for reply in replies] == [Verdict.RELAY_DOWN]
    assert relay.mails == []


def test_replies_may_come_octet_by_octet() -> None:
    with Relay(offers=replace(PIPELINING, drips=True)) as relay:
        replies = submitted(address(relay), ANA, BEN, CLEO, group=3)

    assert [str(reply) for reply in replies] == ["250 2.0.0 queued"] * 3


def test_a_group_outlasts_its_connection() -> None:
    rules = [Rule(Moment.RCPT, "550 5.1.1 nobody", times=5)]
    letters = [letter_to(f"guest-{number}") for number in range(8)]

    with Relay(*rules, offers=PIPELINING) as relay:
        replies = submitted(address(relay), *letters, group=8)

    assert [reply.verdict for reply in replies] == [Verdict.REFUSED] * 5 + [Verdict.ACCEPTED] * 3
    assert relay.connections == 2  # each refused letter earned two refusals: of RCPT and of DATA


def test_a_line_is_kept_from_round_to_round_until_it_is_worn_out() -> None:
    with Relay(offers=PIPELINING) as relay:
        transport = LastingSmtpTransport(replace(address(relay), letters_per_line=4), group=2)
        for _ in range(3):
            with transport.connect() as line:
                assert not isinstance(line, Reply)
                assert len(list(line.submit([ANA, BEN], gate_of([])))) == 2
        transport.hang_up()

    assert [mail.connection for mail in relay.mails] == [1, 1, 1, 1, 2, 2]
    assert relay.commands.count("QUIT") == 2


@pytest.mark.parametrize("idle", [0.0, 60.0])
def test_a_kept_line_whose_relay_left_is_replaced(idle: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worker.adapters.smtp_line._IDLE", 60.0 - idle)
    with Relay(offers=PIPELINING) as relay:
        transport = LastingSmtpTransport(address(relay))
        with transport.connect():
            pass

    with Relay(port=relay.port) as revived:
        with transport.connect() as line:
            assert not isinstance(line, Reply)
            [(_, reply)] = line.submit([ANA], gate_of([]))
        transport.hang_up()

    assert (reply.verdict, len(revived.mails)) == (Verdict.ACCEPTED, 1)


def test_an_idle_line_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worker.adapters.smtp_line._IDLE", 0.0)
    with Relay() as relay:
        transport = LastingSmtpTransport(address(relay))
        for _ in range(2):
            with transport.connect():
                pass
        transport.hang_up()

    assert relay.commands == ["EHLO apres.example.com", "NOOP", "QUIT"]


DEEDS = st.sampled_from(
    [
        *(Deed.CUT, Deed.SLAM, Deed.STALL, Deed.SKIP),
        *("450 4.2.0 later", "550 5.0.0 no", "421 4.3.2 closing", "hello", "250 ok", "354 more"),
        *("250 one\r\n250 two", "550-never\r\n550 ends"),
    ]
)
MOMENTS = st.sampled_from([Moment.MAIL, Moment.RCPT, Moment.DATA, Moment.DOT, Moment.RSET])
BREAKS = st.builds(
    Rule, st.just(Moment.BODY), st.sampled_from([Deed.CUT, Deed.SLAM, Deed.STALL, "552 5.3.4 big"])
)
RULES = st.lists(BREAKS | st.builds(Rule, MOMENTS, DEEDS, nth=st.integers(1, 5)), min_size=1, max_size=4)


def gate_of(passed: list[MessageKey]) -> Gate:
    """An open gate that notes whom it let through."""

    def gate(letters: Sequence[Letter]) -> frozenset[MessageKey]:
        passed.extend(letter.key for letter in letters)
        return frozenset(letter.key for letter in letters)

    return gate


@settings(deadline=None, max_examples=100)
@given(RULES, st.integers(1, 5), st.integers(1, 3), st.sampled_from([PIPELINING, Offers()]))
def test_whatever_a_relay_does_each_letter_has_one_true_reply(
    rules: list[Rule], group: int, abreast: int, offers: Offers
) -> None:
    passed: list[MessageKey] = []
    with (
        Relay(*rules, offers=offers) as relay,
        SmtpTransport(replace(address(relay), patience=QUICK), group=group).connect(abreast) as line,
    ):
        assert not isinstance(line, Reply)
        answers = [
            (letter.envelope.rcpt_to, reply) for letter, reply in line.submit(LETTERS, gate_of(passed))
        ]

    verdicts = {who: reply.verdict for who, reply in answers}
    had = [mail.rcpt_to for mail in relay.mails]
    assert len(answers) == len(verdicts)
    assert len(set(had)) == len(had) <= len(passed)
    assert {who for who in had if who} <= {
        who for who, verdict in verdicts.items() if verdict in (Verdict.ACCEPTED, Verdict.UNKNOWN)
    }
    assert {who for who, verdict in verdicts.items() if verdict is Verdict.ACCEPTED} <= set(had)
    assert sum(verdict is Verdict.UNKNOWN for verdict in verdicts.values()) <= abreast
    assert all(reply.phase is Phase.DOT for _, reply in answers if reply.verdict is Verdict.UNKNOWN)
