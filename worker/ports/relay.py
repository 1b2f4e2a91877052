"""What all workers know together about the relay."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from worker.domain.relay import Strain
from worker.domain.relay_state import RelayState


class Relay(Protocol):
    """What all workers know together about the relay; claims and gates obey it. A store is one worker."""

    def relay_failed(self) -> timedelta:
        """Nobody claims for the wait this gives (5 s, 15, 60, 300; failures meanwhile are the same one).

        After it one worker gets one letter as a trial; the others wait for its outcome, at most `domain.relay.TRIAL`.
        """

    def relay_answered(self) -> None:
        """Forget earlier failures."""

    def relay_strained(self, strain: Strain, because: str) -> bool:
        """It asked for less: halve the pace or the connections; False for an echo, or with nothing to halve."""

    def relay_state(self) -> RelayState:
        """Everything known of it now."""

    def relay_lines(self, wanted: int) -> int:
        """How many connections this worker, having claimed, may have beside each other until it asks again.

        At least one, at most `wanted` (`domain.relay.MOST_ABREAST` at most); one, while another worker waits for its
        first.
        """

    def leave_relay(self) -> None:
        """Give back this worker's places among the parallel connections: its lines are closed."""

    def pause_relay(self, because: str) -> bool:
        """No claim until it is resumed; False when it was paused already."""

    def resume_relay(self) -> bool:
        """Claims go on; False when it was not paused."""
