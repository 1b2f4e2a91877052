"""One try at one message: what was claimed, what the relay's reply makes of it, when it is due again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason
from worker.domain.reply import Reply, Verdict
from worker.domain.value import value

#: Waits after a 4yz; greylisting fits in the first two (research: reply classes). The last one repeats.
BACKOFF = tuple(timedelta(minutes=m) for m in (5, 15, 30, 60, 120, 240))

#: After a lost line its batch-mates go first: a letter that a relay hangs up on must not starve them.
_A_MOMENT = timedelta(seconds=1)

#: Lost this often while it was alone in a worker's hands, a message is poison.
POISON_AFTER = 5


@value(frozen=True, slots=True)
class Claim:
    """A message in a worker's hands. Only the holder of `token` may move it; times are on the ledger's clock.

    `tries` counts temporary refusals, `losses` the workers that vanished while holding it alone.
    """

    key: MessageKey
    token: str
    due: datetime
    until: datetime | None
    generation: int
    tries: int = 0
    losses: int = 0

    def __hash__(self) -> int:
        """By the person: each of a batch is looked up again and again, and few of them are one person's."""
        return hash(self.key.person)


@dataclass(frozen=True, slots=True)
class Ration:
    """At most so many mails to one person on a day (a date on the wall), over all editions."""

    day: str
    mails: int


@value(frozen=True, slots=True)
class Opening:
    """A request to pass the last gate: whom the ledger must not find suppressed, and the last good moment.

    `prints` are the fingerprints of its reader and of whom it names; `scopes` are those of which none may be
    suppressed. `ration` is None for what is owed on any day. A mail that passed once that day passes again.
    """

    claim: Claim
    prints: tuple[str, ...]
    not_after: datetime | None
    ration: Ration | None = None
    scopes: tuple[str, ...] = ()

    @property
    def suppressed_by(self) -> Iterator[str]:
        """Every field whose presence keeps it back."""
        return (f"{fingerprint}/{scope}" for fingerprint in self.prints for scope in self.scopes)


@value(frozen=True, slots=True)
class Settlement:
    """Where a try leaves its message. `due` is set exactly when the message waits again."""

    claim: Claim
    state: State
    reason: Reason
    due: datetime | None = None
    reply: str = ""


#: Replies after which a message no longer waits, whenever they come.
_ENDS = {
    Verdict.ACCEPTED: (State.SENT, Reason.ACCEPTED),
    Verdict.REFUSED: (State.BOUNCED, Reason.REFUSED),
    Verdict.UNKNOWN: (State.IN_DOUBT, Reason.LOST_AFTER_DOT),
    Verdict.STOPPED: (State.IN_DOUBT, Reason.SHUTDOWN),
}


def judge(claim: Claim, reply: Reply, now: datetime) -> Settlement:
    """The settlement a relay's reply earns (research: reply classes); pure, `now` on the ledger's clock."""
    if reply.verdict in _ENDS:
        return Settlement(claim, *_ENDS[reply.verdict], reply=str(reply))
    match reply.verdict:
        case Verdict.TRY_LATER:
            return _later(claim, reply, now)
        case Verdict.GATE_CLOSED:
            return Settlement(claim, State.SCHEDULED, Reason.RETURNED, due=claim.due)
        case Verdict.RELAY_REFUSES_US:
            return Settlement(claim, State.SCHEDULED, Reason.RELAY_PAUSED, due=now, reply=str(reply))
        case _:
            return Settlement(
                claim, State.SCHEDULED, Reason.RELAY_DOWN, due=now + _A_MOMENT, reply=str(reply)
            )


def _later(claim: Claim, reply: Reply, now: datetime) -> Settlement:
    due = now + backoff(claim.tries)
    if claim.until is not None and due > claim.until:
        return Settlement(claim, State.BOUNCED, Reason.GAVE_UP, reply=str(reply))
    return Settlement(claim, State.DEFERRED, Reason.REFUSED_FOR_NOW, due=due, reply=str(reply))


def backoff(tries: int) -> timedelta:
    """How long to wait after so many earlier temporary refusals: grows, then stays at four hours."""
    return BACKOFF[min(tries, len(BACKOFF) - 1)]
