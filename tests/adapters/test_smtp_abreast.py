"""Several connections beside each other: a group is dealt to them, and each letter is on one of them alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tests.relay import PIPELINING, Deed, Moment, Relay, Rule
from tests.submission import address, letter_to, open_gate, submitted
from worker.adapters.smtp import LastingSmtpTransport
from worker.domain.message import Letter, MessageKey
from worker.domain.reply import Reply, Verdict

LETTERS = [letter_to(f"guest-{number}") for number in range(8)]
EVERYBODY = {letter.envelope.rcpt_to for letter in LETTERS}


def test_a_group_is_dealt_to_all_connections_and_each_letter_goes_once() -> None:
    with Relay(offers=PIPELINING) as relay:
        replies = submitted(address(relay), *LETTERS, group=8, abreast=2)

    assert [reply.verdict for reply in replies] == [Verdict.ACCEPTED] * 8
    assert Counter(mail.rcpt_to for mail in relay.mails) == dict.fromkeys(EVERYBODY, 1)
    assert Counter(mail.connection for mail in relay.mails) == {1: 4, 2: 4}
    assert relay.commands.count("QUIT") == 2


def test_no_more_letters_are_past_the_gate_than_a_group_however_many_connections_there_are() -> None:
    asked: list[int] = []
    kept: list[int] = []

    def gate(letters: Sequence[Letter]) -> frozenset[MessageKey]:
        asked.append(len(letters))
        kept.append(len(relay.mails))
        return open_gate(letters)

    with Relay(offers=PIPELINING) as relay:
        submitted(address(relay), *LETTERS, gate=gate, group=3, abreast=3)

    assert asked == [3, 3, 2]
    assert kept == [0, 3, 6]


def test_a_line_lost_after_a_dot_doubts_one_letter_and_the_other_connection_finishes_its_own() -> None:
    with Relay(Rule(Moment.DOT, Deed.CUT, to="guest-2@example.org"), offers=PIPELINING) as relay:
        replies = submitted(address(relay), *LETTERS, group=8, abreast=2)

    verdicts = Counter(reply.verdict for reply in replies)
    assert verdicts[Verdict.UNKNOWN] == 1
    assert verdicts[Verdict.ACCEPTED] == len(replies) - 1 < 8
    assert len(relay.mails) == len({mail.rcpt_to for mail in relay.mails}) <= len(replies)


def test_what_was_announced_on_a_lost_line_goes_by_the_other_one_or_not_at_all() -> None:
    with Relay(Rule(Moment.DOT, "450 4.2.0 later", to="guest-1@example.org"), offers=PIPELINING) as relay:
        replies = submitted(replace(address(relay), letters_per_line=2), *LETTERS, group=8, abreast=2)

    assert Counter(reply.verdict for reply in replies) == {Verdict.ACCEPTED: 7, Verdict.TRY_LATER: 1}
    assert Counter(mail.rcpt_to for mail in relay.mails).most_common(1)[0][1] == 1
    assert relay.connections == 4


def test_a_connection_that_is_refused_beside_another_is_told_and_the_rest_goes_by_one() -> None:
    first, *others = LETTERS
    too_many = Rule(Moment.CONNECT, "421 4.7.0 too many connections", nth=1)  # once one letter is there
    with Relay(too_many, offers=PIPELINING) as relay:
        transport = LastingSmtpTransport(address(relay), group=8)
        for abreast, letters in ((1, [first]), (2, others)):
            with transport.connect(abreast) as line:
                assert not isinstance(line, Reply)
                replies = [reply for _, reply in line.submit(letters, open_gate)]
                shortage = line.shortage()
        transport.hang_up()

    assert [reply.verdict for reply in replies] == [Verdict.ACCEPTED] * 7
    assert shortage is not None
    assert shortage.code == 421
    assert {mail.connection for mail in relay.mails} == {1}


def test_a_kept_line_has_as_many_connections_as_its_next_user_asks_for() -> None:
    with Relay(offers=PIPELINING) as relay:
        transport = LastingSmtpTransport(address(relay), group=8)
        for abreast in (2, 1, 2):
            with transport.connect(abreast) as line:
                assert not isinstance(line, Reply)
                assert len(list(line.submit(LETTERS, open_gate))) == 8
        transport.hang_up()

    by_round = [{mail.connection for mail in relay.mails[start : start + 8]} for start in (0, 8, 16)]
    assert by_round == [{1, 2}, {1}, {1, 3}]
    assert relay.commands.count("QUIT") == 3
