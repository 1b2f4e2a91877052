"""When work stands still for no reason: it may be sent, nobody holds any of it, and nothing moves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pulse:
    """The ledger at one instant: messages with a live lease, and a word that changes with each recorded move."""

    in_hand: int
    last_move: str


@dataclass(frozen=True, slots=True)
class Vigil:
    """Since when (a steady clock's seconds) work has been waiting with no move after `last_move`; None: it is not."""

    last_move: str = ""
    since: float | None = None

    def look(self, waiting: int, pulse: Pulse, now: float) -> Vigil:
        """After one more look: `waiting` messages may be sent now, and nothing holds them back.

        While somebody has a letter in hand, a slow relay makes everybody wait, and that is well.
        """
        if not waiting or pulse.in_hand:
            return Vigil()
        if self.since is None or pulse.last_move != self.last_move:
            return Vigil(pulse.last_move, now)
        return self

    def stalled(self, now: float, after: float) -> bool:
        """Whether it has lasted so many seconds."""
        return self.since is not None and now - self.since >= after
