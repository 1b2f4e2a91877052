"""Questions of those who watch: what waits and how long, what needs a person, what moved, who is alive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from worker.domain.ledger import Record
from worker.domain.life import LifeSign, Part
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason

#: Moves made since the ledger began, by step (without its round), state and reason.
Moves = Mapping[tuple[str, State, Reason], int]


class Watching(Protocol):
    """What the moves themselves need not know."""

    def waiting(self, edition: str, *, before: datetime) -> Iterator[tuple[str, datetime]]:
        """The step (without its round) and the due moment of each waiting message due before then; in no order."""

    def unsettled(self, edition: str) -> tuple[Record, ...]:
        """The messages in doubt and those set aside, in the order of their keys."""

    def left_since(self, edition: str, moment: datetime) -> Mapping[MessageKey, datetime]:
        """The messages that passed their gate at this moment or later (ledger's clock), and when they last did."""

    def moves(self) -> Moves:
        """Every move of every edition, each counted once; a sum never goes down, whatever is erased meanwhile."""

    def show_life(self, part: Part, name: str, lanes: tuple[str, ...] = ()) -> None:
        """A part says that it is alive now (real time). `name` tells it from others of its kind."""

    def take_leave(self, part: Part, name: str) -> None:
        """A part goes in good order: nobody need miss it."""

    def life_signs(self) -> tuple[LifeSign, ...]:
        """The last sign of each part heard of within a day, by part and name."""


@dataclass(frozen=True, slots=True)
class LedgerHealth:
    """What the ledger's server tells of itself. `faults` are sentences, each with its remedy; sizes are bytes.

    `limit` is what it may use: its own maximum, else the memory of its machine.
    """

    faults: tuple[str, ...] = ()
    used: int = 0
    limit: int = 0


class Servers(Protocol):
    """The Redis servers behind the house."""

    def queue_lengths(self) -> Mapping[str, int]:
        """How many wake-ups wait in each Celery queue."""

    def ledger_health(self) -> LedgerHealth:
        """Whether the ledger's server keeps what it is told, and how full it is."""
