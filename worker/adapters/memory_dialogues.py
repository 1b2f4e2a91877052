"""The dialogues of editions in memory: the same promises as `redis_dialogues`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from worker.adapters.memory_state import Memory
from worker.domain.dialogue import SILENCE, Met, Said, Voice, asked, heard, heard_of_meeting, told
from worker.domain.portrait import Portrait
from worker.domain.rest import Rest
from worker.domain.unclear import UnclearName
from worker.ports.dialogues import MOST_UNCLEAR, Uttered


class MemoryDialogues:
    """`ports.dialogues.Dialogues` in memory."""

    memory: Memory

    def utter(self, edition_id: str, mails: Mapping[str, Uttered]) -> None:
        """See the port."""
        kept, now = self.memory.voices.setdefault(edition_id, {}), self.memory.ledger
        for person, mail in mails.items():
            described = asked(kept.get(person, SILENCE), mail.described, now)
            kept[person] = told(described, mail.named, now)

    def voices(self, edition_id: str, people: Iterable[str] | None = None) -> dict[str, Voice]:
        """See the port."""
        kept = self.memory.voices.get(edition_id, {})
        return {person: kept[person] for person in _wanted(kept, people) if person in kept}

    def hear(self, edition_id: str, person: str, other: str, said: Said) -> bool:
        """See the port."""
        kept = self.memory.voices.setdefault(edition_id, {})
        before = (kept.get(person, SILENCE), kept.get(other, SILENCE))
        own, theirs = heard(*before, (person, other), said, self.memory.ledger)
        kept.update({who: voice for who, voice in ((person, own), (other, theirs)) if voice != SILENCE})
        return own is not before[0] and other in own.made

    def hear_of_meeting(self, edition_id: str, person: str, met: Met) -> None:
        """See the port."""
        kept = self.memory.voices.setdefault(edition_id, {})
        kept[person] = heard_of_meeting(kept.get(person, SILENCE), met, self.memory.ledger)

    def save_portraits(self, edition_id: str, portraits: Mapping[str, Mapping[str, Portrait]]) -> None:
        """See the port."""
        self.memory.portraits[edition_id] = {person: dict(own) for person, own in portraits.items()}

    def portraits(self, edition_id: str, people: Iterable[str]) -> dict[str, dict[str, Portrait]]:
        """See the port."""
        kept = self.memory.portraits.get(edition_id, {})
        return {person: dict(kept[person]) for person in people if person in kept}

    def rests(self, series: str, people: Iterable[str]) -> dict[str, Rest]:
        """See the port."""
        kept = self.memory.rests.get(series, {})
        return {person: kept[person] for person in people if person in kept}

    def save_rest(self, series: str, person: str, rest: Rest) -> None:
        """See the port."""
        self.memory.rests.setdefault(series, {})[person] = rest

    def keep_unclear(self, edition_id: str, unclear: UnclearName) -> bool:
        """See the port."""
        kept = self.memory.unclear.setdefault(edition_id, {})
        if len(kept) >= MOST_UNCLEAR:
            return False
        return kept.setdefault(unclear.name, unclear) is unclear

    def unclear_names(self, edition_id: str) -> tuple[UnclearName, ...]:
        """See the port."""
        kept = self.memory.unclear.get(edition_id, {}).values()
        return tuple(sorted(kept, key=lambda each: (each.since, each.name)))

    def clear(self, edition_id: str, unclear: UnclearName) -> bool:
        """See the port."""
        return self.memory.unclear.get(edition_id, {}).pop(unclear.name, None) is not None

    def forget_dialogue(self, person: str, series: str, editions: Iterable[str]) -> None:
        """See the port."""
        self.memory.rests.get(series, {}).pop(person, None)
        for edition_id in editions:
            for unclear in self.unclear_names(edition_id):
                if person == unclear.person or person in unclear.candidates:
                    self.clear(edition_id, unclear)
            self.memory.voices.get(edition_id, {}).pop(person, None)
            self.memory.portraits.get(edition_id, {}).pop(person, None)


def _wanted(kept: Mapping[str, Voice], people: Iterable[str] | None) -> list[str]:
    return sorted(kept) if people is None else list(people)
