"""What every Transport promises, asked of the one over SMTP (against a real server) and of its twin in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from tests.relay import Deed, Moment, Relay, Rule
from tests.submission import ANA, BEN, CLEO, address
from worker.adapters.memory_transport import MemoryTransport, accept
from worker.adapters.smtp import SmtpTransport
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
Stager = Callable[[Script], Stage]


def smtp_stage(script: Script, stack: ExitStack) -> Stage:
    """The real transport and a real server that follows the script."""
    rules = [
        Rule(Moment[reply.phase.name], _do(reply), to=letter.envelope.rcpt_to)
        for letter, reply in script.items()
    ]
    relay = stack.enter_context(Relay(*rules))
    return Stage(SmtpTransport(address(relay)), lambda: [mail.rcpt_to for mail in relay.mails])


def memory_stage(script: Script, _: ExitStack) -> Stage:
    """The twin in memory, following the same script."""
    transport = MemoryTransport(lambda letter: script.get(letter) or accept(letter))
    return Stage(transport, lambda: [letter.envelope.rcpt_to for letter in transport.kept])


def _do(reply: Reply) -> str | Deed:
    return f"{reply.code} {reply.text}" if reply.code else Deed.CUT


@pytest.fixture(params=[smtp_stage, memory_stage], ids=["smtp", "memory"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stager]:
    """A function from a script to a stage."""
    with ExitStack() as stack:
        yield lambda script: request.param(script, stack)


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


def test_the_gate_is_asked_about_each_letter_before_the_relay_has_it(stage: Stager) -> None:
    willing = stage({})
    kept_when_asked: list[list[str]] = []

    def gate(letters: Sequence[Letter]) -> frozenset[MessageKey]:
        kept_when_asked.append(willing.kept())
        return frozenset(letter.key for letter in letters)

    submitted(willing, gate, ANA, BEN)

    assert kept_when_asked == [[], ["ana@example.org"]]


def test_a_shut_gate_keeps_the_letter_back_and_ends_the_round(stage: Stager) -> None:
    willing = stage({})

    replies = submitted(willing, Gatekeeper(shut_to=frozenset({BEN})), ANA, BEN, CLEO)

    assert replies == [(ANA, Verdict.ACCEPTED), (BEN, Verdict.GATE_CLOSED)]
    assert willing.kept() == ["ana@example.org"]


def test_after_a_shut_gate_the_same_line_serves_the_others(stage: Stager) -> None:
    willing, gate = stage({}), Gatekeeper(shut_to=frozenset({ANA}))

    with willing.transport.connect() as line:
        assert not isinstance(line, Reply)
        first, second = list(line.submit([ANA, BEN], gate)), list(line.submit([BEN], gate))

    assert [reply.verdict for _, reply in first + second] == [Verdict.GATE_CLOSED, Verdict.ACCEPTED]
    assert willing.kept() == ["ben@example.org"]


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
def test_a_letter_refused_early_never_reaches_the_gate_and_stops_nobody(
    stage: Stager, reply: Reply, verdict: Verdict
) -> None:
    picky, gate = stage({ANA: reply}), Gatekeeper()

    replies = submitted(picky, gate, ANA, BEN)

    assert replies == [(ANA, verdict), (BEN, Verdict.ACCEPTED)]
    assert gate.asked == [(BEN,)]


def test_a_letter_refused_at_the_dot_passed_the_gate_and_stops_nobody(stage: Stager) -> None:
    picky, gate = stage({ANA: Reply(Phase.DOT, 554, "5.7.1 spam")}), Gatekeeper()

    replies = submitted(picky, gate, ANA, BEN)

    assert replies == [(ANA, Verdict.REFUSED), (BEN, Verdict.ACCEPTED)]
    assert gate.asked == [(ANA,), (BEN,)]


@pytest.mark.parametrize("phase", [Phase.RCPT, Phase.DATA])
@pytest.mark.parametrize("code", [0, 421])
def test_a_relay_that_leaves_before_the_dot_has_nothing_and_ends_the_round(
    stage: Stager, phase: Phase, code: int
) -> None:
    leaving = stage({ANA: Reply(phase, code, "4.3.2 closing" if code else "")})

    replies = submitted(leaving, Gatekeeper(), ANA, BEN)

    assert replies == [(ANA, Verdict.RELAY_DOWN)]
    assert leaving.kept() == []


def test_a_line_lost_after_the_dot_is_a_doubt_and_ends_the_round(stage: Stager) -> None:
    leaving = stage({ANA: Reply(Phase.DOT)})

    replies = submitted(leaving, Gatekeeper(), ANA, BEN)

    assert replies == [(ANA, Verdict.UNKNOWN)]
    assert leaving.kept() == ["ana@example.org"]


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
