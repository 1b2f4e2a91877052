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
        self._forget_introductions(gone.person)
        self.memory.approvals = {
            name: replace(
                kept, people={who: there for who, there in kept.people.items() if who != gone.person}
            )
            for name, kept in self.memory.approvals.items()
        }
        self.memory.drafts = {
            key: draft
            for key, draft in self.memory.drafts.items()
            if key.person != gone.person and not gone.is_told_in(draft.text)
        }
        for name in [name for name in self.memory.answers if gone.person in name]:
            del self.memory.answers[name]
        self.memory.aside = {
            mail: aside
            for mail, aside in self.memory.aside.items()
            if aside.person != gone.person and not gone.is_told_in(f"{aside.sender} {aside.subject}")
        }
        self.memory.originals = {
            number: original
            for number, original in self.memory.originals.items()
            if not gone.is_told_in(original.raw.decode("latin-1"))
        }
        self.memory.editions = {
            name: _without_author(edition, gone) for name, edition in self.memory.editions.items()
        }

    def _forget_introductions(self, person: str) -> None:
        memory = self.memory
        for edition, plan in memory.introductions.items():
            memory.introductions[edition] = plan.without(person)
        for edition, swaps in memory.swaps.items():
            memory.swaps[edition] = tuple(swap for swap in swaps if person not in swap.people)
        for wishes in memory.wishes.values():
            wishes.difference_update([wish for wish in wishes if person in wish])
        memory.apart = {name: kept for name, kept in memory.apart.items() if person not in name[0]}


def _without_author(edition: Edition, gone: Forgotten) -> Edition:
    extracts = tuple(
        replace(extract, author="") if gone.is_named(extract.author) else extract
        for extract in edition.notes.extracts
    )
    return replace(edition, notes=replace(edition.notes, extracts=extracts))
