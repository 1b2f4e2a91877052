"""What watchers ask, in memory: the same promises as `redis_watching.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from worker.adapters.memory_state import Memory
from worker.domain.life import FORGOTTEN, LifeSign, Part
from worker.domain.lifecycle import WAITING, State
from worker.domain.message import MessageKey
from worker.ports import Moves


class MemoryWatching:
    """`ports.Watching` in memory."""

    memory: Memory

    def waiting(self, edition: str, *, before: datetime) -> Iterator[tuple[str, datetime]]:
        """See the port."""
        for key, kept in self.memory.messages.items():
            if key.edition == edition and kept.state in WAITING and kept.due and kept.due < before:
                yield key.step_name, kept.due

    def left_since(self, edition: str, moment: datetime) -> dict[MessageKey, datetime]:
        """See the port."""
        own = (e for e in self.memory.entries if e.key.edition == edition and e.after is State.SENDING)
        return {entry.key: entry.at for entry in own if entry.at >= moment}

    def moves(self) -> Moves:
        """See the port."""
        return Counter((e.key.step_name, e.after, e.reason) for e in self.memory.entries)

    def show_life(self, part: Part, name: str, lanes: tuple[str, ...] = ()) -> None:
        """See the port."""
        self.memory.life[part, name] = (self.memory.real, lanes)

    def take_leave(self, part: Part, name: str) -> None:
        """See the port."""
        self.memory.life.pop((part, name), None)

    def life_signs(self) -> tuple[LifeSign, ...]:
        """See the port."""
        real = self.memory.real
        signs = (
            LifeSign(part, name, at, real - at, lanes)
            for (part, name), (at, lanes) in self.memory.life.items()
        )
        return tuple(sorted((s for s in signs if s.ago < FORGOTTEN), key=lambda s: (s.part, s.name)))
