"""Introductions rest for somebody: by their own wish, or after two rounds in which they said nothing at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from worker.domain.dialogue import ANSWERABLE, Voice

#: Rounds in a row without a word, after which nobody is asked any more.
SILENT_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Rest:
    """`since` when introductions rest (None: they do not), in which edition silence began it ("": their own wish).

    `back` is when they last came back; rounds before it do not count.
    """

    since: datetime | None = None
    edition: str = ""
    back: datetime | None = None


#: Of somebody who never rested.
AWAKE = Rest()


def has_fallen_silent(rounds: Iterable[Voice], rest: Rest, now: datetime) -> bool:
    """Whether the last two rounds of somebody, newest first, were silent. One that can still be answered is none yet.

    A round is an edition in which they were asked something.
    """
    over = [voice for voice in rounds if _counts(voice, rest, now)][:SILENT_ROUNDS]
    return len(over) == SILENT_ROUNDS and all(voice.said_at is None for voice in over)


def _counts(voice: Voice, rest: Rest, now: datetime) -> bool:
    if voice.asked_at is None or now < voice.asked_at + ANSWERABLE:
        return False
    return rest.back is None or voice.asked_at > rest.back
