"""What every Transport promises, asked of the one over SMTP (against a real server) and of its twin in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Protocol

import pytest

from tests.relay import PIPELINING, Deed, Moment, Offers, Relay, Rule
from tests.submission import ANA, BEN, CLEO, address
from worker.adapters.memory_transport import MemoryTransport, accept
from worker.adapters.smtp import LastingSmtpTransport, SmtpTransport
from worker.domain.message import Letter, MessageKey
from worker.domain.reply import Phase, Reply, Verdict
from worker.ports import Gate, Line, Transport


@dataclass
class Gatekeeper:
    """A gate that remembers who asked, and turns some away."""

    shut_to: frozenset[Letter] = frozenset()
    asked: list[tuple[Letter, ...]] = field(default_factory=list)

    def __call__(self, letters: Sequence[Letter]) -> frozenset[MessageKey]:
        """Let pass all but `shut_to`."""
        self.asked.append(tuple(letters))
        return frozenset(letter.key for letter in letters if letter not in self.shut_to)


@dataclass(frozen=True)
class Stage:
    """A transport and what its relay has, by recipient."""

    transport: Transport
    kept: Callable[[], list[str]]


Script = dict[Letter, Reply]


class Stager(Protocol):
    """Sets a stage."""

    def __call__(self, script: Script, group: int = 1) -> Stage:
        """For this script, with groups of this size."""


def smtp_stage(script: Script, group: int, stack: ExitStack, offers: Offers | None = None) -> Stage:
    """The real transport and a real server that follows the script."""
    rules = [
        Rule(Moment[reply.phase.name], _do(reply), to=letter.envelope.rcpt_to)
        for letter, reply in script.items()
    ]
    relay = stack.enter_context(Relay(*rules, offers=offers))
    transport = SmtpTransport(address(relay), group=group)
    return Stage(transport, lambda: [mail.rcpt_to for mail in relay.mails])


def pipelining_stage(script: Script, group: int, stack: ExitStack) -> Stage:
    """The same, and the server takes commands in groups."""
    return smtp_stage(script, group, stack, PIPELINING)


def lasting_stage(script: Script, group: int, stack: ExitStack) -> Stage:
    """The same, by the transport that keeps its line."""
    rules = [Rule(Moment[r.phase.name], _do(r), to=letter.envelope.rcpt_to) for letter, r in script.items()]
    relay = stack.enter_context(Relay(*rules, offers=PIPELINING))
    transport = LastingSmtpTransport(address(relay), group=group)
    stack.callback(transport.hang_up)
    return Stage(transport, lambda: [mail.rcpt_to for mail in relay.mails])


def memory_stage(script: Script, group: int, _: ExitStack) -> Stage:
    """The twin in memory, following the same script."""
    transport = MemoryTransport(lambda letter: script.get(letter) or accept(letter), group=group)
    return Stage(transport, lambda: [letter.envelope.rcpt_to for letter in transport.kept])


def _do(reply: Reply) -> str | Deed:
    return f"{reply.code} {reply.text}" if reply.code else Deed.CUT


STAGES = [smtp_stage, pipelining_stage, lasting_stage, memory_stage]


@pytest.fixture(params=STAGES, ids=["smtp", "pipelining", "lasting", "memory"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stager]:
    """A function from a script, and the size of a group, to a stage."""
    with ExitStack() as stack:
        yield lambda script, group=1: request.param(script, group, stack)


def submitted(stage: Stage, gate: Gate, *letters: Letter) -> list[tuple[Letter, Verdict]]:
    """Hand the letters over on one line; who was answered, and how."""
    with stage.transport.connect() as line:
        assert not isinstance(line, Reply)
        return [(letter, reply.verdict) for letter, reply in line.submit(letters, gate)]


def test_every_letter_gets_its_reply_in_order(stage: Stager) -> None:
    willing = stage({})

    replies = submitted(willing, Gatekeeper(), ANA, BEN, CLEO)

    assert replies == [(ANA, Verdict.ACCEPTED), (BEN, Verdict.ACCEPTED), (CLEO, Verdict.ACCEPTED)]
    assert willing.kept() == ["ana@example.org", "ben@example.org", "cleo@example.org"]


@pytest.mark.parametrize(
    ("group", "kept"),
    [(1, [[], ["ana@example.org"], ["ana@example.org", "ben@example.org"]]), (3, [[]])],
)
def test_the_gate_is_asked_about_each_group_before_the_relay_has_any_of_it(
    stage: Stager, group: int, kept: list[list[str]]
) -> None:
    willing = stage({}, group)
    kept_when_asked: list[list[str]] = []

    def gate(letters: Sequence[Letter]) -> frozenset[MessageKey]:
        kept_when_asked.append(willing.kept())
        return frozenset(letter.key for letter in letters)

    submitted(willing, gate, ANA, BEN, CLEO)

    assert kept_when_asked == kept


def test_a_group_passes_when_all_of_the_group_before_are_answered(stage: Stager) -> None:
    willing, told = stage({}, 2), list[str]()

    def gate(letters: Sequence[Letter]) -> frozenset[MessageKey]:
        told.append(f"gate of {len(letters)}")
        return frozenset(letter.key for letter in letters)

    with willing.transport.connect() as line:
        assert not isinstance(line, Reply)
        for letter, _ in line.submit([ANA, BEN, CLEO], gate):
            told.append(letter.key.person)

    assert told == ["gate of 2", "ana", "ben", "gate of 1", "cleo"]


@pytest.mark.parametrize("group", [1, 2, 3])
def test_a_shut_gate_keeps_its_letter_back_and_lets_the_others_go(stage: Stager, group: int) -> None:
    willing = stage({}, group)

    replies = submitted(willing, Gatekeeper(shut_to=frozenset({BEN})), ANA, BEN, CLEO)

    assert dict(replies) == {ANA: Verdict.ACCEPTED, BEN: Verdict.GATE_CLOSED, CLEO: Verdict.ACCEPTED}
    assert willing.kept() == ["ana@example.org", "cleo@example.org"]


def test_a_gate_that_fails_lets_nothing_out(stage: Stager) -> None:
    willing = stage({})

    def gate(_: Sequence[Letter]) -> frozenset[MessageKey]:
        raise LookupError("the ledger is away")

    with pytest.raises(LookupError):
        submitted(willing, gate, ANA)

    assert willing.kept() == []


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        (Reply(Phase.RCPT, 550, "5.1.1 nobody here"), Verdict.REFUSED),
        (Reply(Phase.RCPT, 450, "4.7.1 greylisted"), Verdict.TRY_LATER),
        (Reply(Phase.DATA, 554, "5.7.1 no"), Verdict.REFUSED),
    ],
)
@pytest.mark.parametrize("group", [1, 3])
def test_a_letter_refused_early_stops_nobody(
    stage: Stager, reply: Reply, verdict: Verdict, group: int
) -> None:
    picky = stage({BEN: reply}, group)

    replies = submitted(picky, Gatekeeper(), ANA, BEN, CLEO)

    assert replies == [(ANA, Verdict.ACCEPTED), (BEN, verdict), (CLEO, Verdict.ACCEPTED)]
    assert picky.kept() == ["ana@example.org", "cleo@example.org"]


def test_a_letter_refused_at_the_dot_passed_the_gate_and_stops_nobody(stage: Stager) -> None:
    picky, gate = stage({ANA: Reply(Phase.DOT, 554, "5.7.1 spam")}), Gatekeeper()

    replies = submitted(picky, gate, ANA, BEN)

    assert replies == [(ANA, Verdict.REFUSED), (BEN, Verdict.ACCEPTED)]
    assert gate.asked == [(ANA,), (BEN,)]


@pytest.mark.parametrize("phase", [Phase.RCPT, Phase.DATA])
@pytest.mark.parametrize("code", [0, 421])
@pytest.mark.parametrize("group", [1, 3])
def test_a_relay_that_leaves_before_the_dot_has_nothing_and_ends_the_round(
    stage: Stager, phase: Phase, code: int, group: int
) -> None:
    leaving = stage({BEN: Reply(phase, code, "4.3.2 closing" if code else "")}, group)

    replies = submitted(leaving, Gatekeeper(), ANA, BEN, CLEO)

    assert replies == [(ANA, Verdict.ACCEPTED), (BEN, Verdict.RELAY_DOWN)]
    assert leaving.kept() == ["ana@example.org"]


@pytest.mark.parametrize("group", [1, 3])
def test_a_line_lost_after_the_dot_is_a_doubt_about_one_and_ends_the_round(stage: Stager, group: int) -> None:
    leaving = stage({BEN: Reply(Phase.DOT)}, group)

    replies = submitted(leaving, Gatekeeper(), ANA, BEN, CLEO)

    assert replies == [(ANA, Verdict.ACCEPTED), (BEN, Verdict.UNKNOWN)]
    assert leaving.kept() == ["ana@example.org", "ben@example.org"]


def test_a_line_may_be_kept_and_left_at_any_time(stage: Stager) -> None:
    willing = stage({})

    first = submitted(willing, Gatekeeper(), ANA)
    willing.transport.hang_up()
    willing.transport.hang_up()
    second = submitted(willing, Gatekeeper(), BEN)

    assert first + second == [(ANA, Verdict.ACCEPTED), (BEN, Verdict.ACCEPTED)]


def test_no_letters_need_no_gate(stage: Stager) -> None:
    willing, gate = stage({}), Gatekeeper()

    assert submitted(willing, gate) == []

    assert gate.asked == []


def test_a_relay_that_will_not_talk_is_a_reply() -> None:
    refusing = MemoryTransport(greeting=Reply(Phase.CONNECT, 554, "5.3.2 go away"))

    with Relay(Rule(Moment.CONNECT, "554 5.3.2 go away")) as relay:
        answers: list[Line | Reply] = []
        for transport in (SmtpTransport(address(relay)), refusing):
            with transport.connect() as line:
                answers.append(line)

    assert answers == [Reply(Phase.CONNECT, 554, "5.3.2 go away")] * 2
