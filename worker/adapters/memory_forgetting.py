"""Taking somebody out of a memory store: the same promises as `redis_forgetting.py`."""

from __future__ import annotations

from dataclasses import replace

from worker.adapters.memory_state import Memory
from worker.domain.edition import Edition
from worker.domain.erasure import Forgotten


class MemoryForgetting:
    """`ports.Forgetting` in memory."""

    memory: Memory

    def forget_person(self, gone: Forgotten) -> None:
        """See the port."""
        for kept in (self.memory.guests, self.memory.uninvited, self.memory.voices, self.memory.portraits):
            for own in kept.values():
                own.pop(gone.person, None)
        for edition, pairs in self.memory.pairs.items():
            left = {who: tuple(o for o in names if o != gone.person) for who, names in pairs.items()}
            self.memory.pairs[edition] = {w: names for w, names in left.items() if w != gone.person}
        for name in [name for name in self.memory.answers if gone.person in name]:
            del self.memory.answers[name]
        self.memory.aside = {
            mail: aside
            for mail, aside in self.memory.aside.items()
            if aside.person != gone.person and not gone.is_told_in(f"{aside.sender} {aside.subject}")
        }
        self.memory.editions = {
            name: _without_author(edition, gone) for name, edition in self.memory.editions.items()
        }


def _without_author(edition: Edition, gone: Forgotten) -> Edition:
    extracts = tuple(
        replace(extract, author="") if gone.is_named(extract.author) else extract
        for extract in edition.notes.extracts
    )
    return replace(edition, notes=replace(edition.notes, extracts=extracts))
