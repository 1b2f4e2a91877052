"""The steps of one transaction (RFC 5321 §3.3): how long each may take, and which replies fit it."""

from __future__ import annotations

from typing import NamedTuple, Self

from worker.adapters.relay_address import Patience
from worker.domain.reply import Phase

SUCCESS, GO_AHEAD, REFUSAL = range(200, 300), range(354, 355), range(400, 600)

#: The relay is leaving, wherever it says so (RFC 5321 §3.8).
CLOSING = 421


class Step(NamedTuple):
    """One command, and the replies to it: `welcome` goes on, `refusal` ends the letter, any other fits nothing."""

    phase: Phase
    patience: float
    welcome: range
    refusal: range = REFUSAL


class Steps(NamedTuple):
    """Every step on one connection. RSET cannot be refused but by a relay that leaves."""

    reset: Step
    envelope: tuple[Step, Step, Step]
    dot: Step

    @classmethod
    def within(cls, patience: Patience) -> Self:
        """The steps, each with the wait that is due to it."""
        return cls(
            reset=Step(Phase.MAIL, patience.mail, SUCCESS, range(CLOSING, CLOSING + 1)),
            envelope=(
                Step(Phase.MAIL, patience.mail, SUCCESS),
                Step(Phase.RCPT, patience.rcpt, SUCCESS),
                Step(Phase.DATA, patience.data, GO_AHEAD),
            ),
            dot=Step(Phase.DOT, patience.dot, SUCCESS),
        )
