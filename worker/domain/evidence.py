"""What the world tells about a message after its try is over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from worker.domain.lifecycle import State
from worker.domain.message import MessageKey


class Finding(StrEnum):
    """What was found out."""

    ARRIVED = "arrived"
    BOUNCED = "bounced"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding about one message.

    An answer that names the message (its UID, its Message-ID in a reply) shows that it arrived; a bounce to its
    return path shows that it did not. An answer to one mail says nothing about another of the same person.
    """

    key: MessageKey
    finding: Finding

    @property
    def state(self) -> State:
        """What the message is then."""
        return State.SENT if self.finding is Finding.ARRIVED else State.BOUNCED
