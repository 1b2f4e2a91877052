"""What people are asked about each other and what they said, edition by edition; who rests; names that are unclear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from worker.domain.dialogue import Met, Said, Voice
from worker.domain.portrait import Portrait
from worker.domain.rest import Rest
from worker.domain.unclear import UnclearName

#: Names of one edition that wait for an organizer at most; nobody honest writes so many.
MOST_UNCLEAR = 200


@dataclass(frozen=True, slots=True)
class Uttered:
    """What one mail says to its reader: people `described` to be asked about, or the ids of people `named`."""

    described: Mapping[str, Portrait] = field(default_factory=dict)
    named: frozenset[str] = frozenset()


class Dialogues(Protocol):
    """The dialogue of each edition. Every method is one atomic step; a repeat changes nothing but moments."""

    def utter(self, edition_id: str, mails: Mapping[str, Uttered]) -> None:
        """Mails to these people are about to say this; who was described before keeps number and description."""

    def voices(self, edition_id: str, people: Iterable[str] | None = None) -> Mapping[str, Voice]:
        """The voices of all who were ever asked something, or of these; who never was is left out."""

    def hear(self, edition_id: str, person: str, other: str, said: Said) -> bool:
        """What this person says about one who was described to them (`dialogue.heard`), on the ledger's clock.

        True when both have now said yes.
        """

    def hear_of_meeting(self, edition_id: str, person: str, met: Met) -> None:
        """Whether they met; the last word counts."""

    def save_portraits(self, edition_id: str, portraits: Mapping[str, Mapping[str, Portrait]]) -> None:
        """How others are described to each person; replaces the edition's."""

    def portraits(self, edition_id: str, people: Iterable[str]) -> Mapping[str, Mapping[str, Portrait]]:
        """How others are described to these people."""

    def rests(self, series: str, people: Iterable[str]) -> Mapping[str, Rest]:
        """For whom of these introductions rest, or have rested once."""

    def save_rest(self, series: str, person: str, rest: Rest) -> None:
        """From now on it stands so."""

    def keep_unclear(self, edition_id: str, unclear: UnclearName) -> bool:
        """An organizer has to say who is meant; False when it waits already, or too many do."""

    def unclear_names(self, edition_id: str) -> tuple[UnclearName, ...]:
        """All that wait for an organizer, oldest first."""

    def clear(self, edition_id: str, unclear: UnclearName) -> bool:
        """It waits no more; False when it did not wait."""

    def forget_dialogue(self, person: str, series: str, editions: Iterable[str]) -> None:
        """Erase what this person said and was told in these editions, and what is kept of their name elsewhere."""
