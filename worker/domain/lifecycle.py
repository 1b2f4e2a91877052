"""The life of a message: every state, every move, nothing else.

    scheduled ─> claimed ─> sending ─> sent ─> bounced      skipped: from any state before sending
        ^           │          ├─> in_doubt ─> sent | bounced | scheduled
        ├─ lease ───┤          └─> deferred | bounced
        └─ deferred <┘          dead: poison, or composing failed

    A doubt that was resolved as "again" may still be ended by what became of the earlier try: so what waits or
    is claimed may become sent or bounced, and the scripts allow that only after a doubt.

The Redis scripts carry this very table (`adapters/scripts.py` writes it into their prelude), so a
move that is not drawn here cannot be recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from worker.domain.errors import ForbiddenMove


class State(StrEnum):
    """Where a message is. The value is the word used in Redis, logs, metrics and docs."""

    SCHEDULED = "scheduled"
    CLAIMED = "claimed"
    SENDING = "sending"
    DEFERRED = "deferred"
    SENT = "sent"
    BOUNCED = "bounced"
    IN_DOUBT = "in_doubt"
    SKIPPED = "skipped"
    DEAD = "dead"


#: What a late reply or a bounce may tell of a try that was in doubt.
_EARLIER_TRY = frozenset({State.SENT, State.BOUNCED})

TRANSITIONS: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.SCHEDULED: frozenset({State.CLAIMED, State.SKIPPED, State.SCHEDULED, *_EARLIER_TRY}),
        State.DEFERRED: frozenset(
            {State.CLAIMED, State.SKIPPED, State.SCHEDULED, State.DEFERRED, *_EARLIER_TRY}
        ),
        State.CLAIMED: frozenset(
            {State.SENDING, State.SCHEDULED, State.DEFERRED, State.SKIPPED, State.DEAD, *_EARLIER_TRY}
        ),
        State.SENDING: frozenset(
            {State.SENT, State.DEFERRED, State.BOUNCED, State.IN_DOUBT, State.SCHEDULED}
        ),
        State.IN_DOUBT: frozenset({State.SENT, State.BOUNCED, State.SCHEDULED, State.DEFERRED}),
        State.SENT: frozenset({State.BOUNCED}),
        State.BOUNCED: frozenset(),
        State.SKIPPED: frozenset({State.SCHEDULED, State.SKIPPED}),
        State.DEAD: frozenset({State.SCHEDULED, State.SKIPPED}),
    }
)

#: Waiting for its moment: these stand in the schedule and may still be re-planned or skipped.
WAITING = frozenset({State.SCHEDULED, State.DEFERRED})

#: States of a message whose gate is still before it: it may be planned otherwise, or not at all.
UNSENT = WAITING | {State.CLAIMED}

#: In a worker's hands: these hold a lease.
IN_HAND = frozenset({State.CLAIMED, State.SENDING})

#: Nothing more happens by itself. A doubt is not final: evidence, a rule or a person ends it.
FINAL = frozenset({State.SENT, State.BOUNCED, State.SKIPPED, State.DEAD})


def check(before: State, after: State) -> None:
    """Let a move pass that the table knows; raise ForbiddenMove for any other."""
    if after not in TRANSITIONS[before]:
        raise ForbiddenMove(f"a message that is {before} cannot become {after}")
