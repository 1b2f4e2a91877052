"""What people are asked about each other, and what they say: nobody's name goes out before both said yes.

    asked ── yes ─┐
      │           ├─ both ─> made ─> told (each is sent the other's name)
      │    yes ───┘            └─ no, while nobody is told ─> asked
      ├── no       may become yes until the last day
      └── silence  is over after the last day

Each side is shown its own answers and nothing else: a no, silence and a withdrawal of the other side look the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from worker.domain.portrait import ANYBODY, Portrait

#: How many days after the mail a question may still be answered; the last one counts whole.
ANSWERABLE = timedelta(days=7)


class Said(StrEnum):
    """An answer to "may we introduce you?"."""

    YES = "yes"
    NO = "no"


class Met(StrEnum):
    """An answer to "did you meet?"."""

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Asked:
    """One person described to another: `number` is its place among all that the reader was ever asked, from 1 on."""

    number: int
    portrait: Portrait = ANYBODY


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person was asked in one edition, and what they said; others stand by their person id.

    `asked_at` is when they were last asked about somebody (or, never asked, first told), `said_at` when they last said
    anything at all. `made`: both said yes. `told`: that name has left for this person, or may have.
    """

    asked: Mapping[str, Asked] = field(default_factory=dict)
    asked_at: datetime | None = None
    said: Mapping[str, Said] = field(default_factory=dict)
    said_at: datetime | None = None
    made: Mapping[str, datetime] = field(default_factory=dict)
    told: Mapping[str, datetime] = field(default_factory=dict)
    met: Met | None = None

    def numbered(self, number: int) -> str | None:
        """Who was asked about under this number."""
        return next((other for other, asked in self.asked.items() if asked.number == number), None)


#: Of somebody who was never asked anything.
SILENCE = Voice()


def last_day(asked_at: datetime, zone: ZoneInfo) -> datetime:
    """The end of the last day on which an answer counts, on the clock of the Café."""
    day = asked_at.astimezone(zone).date() + ANSWERABLE
    return datetime.combine(day, time(23, 59, 59), zone)


def is_open(voice: Voice, zone: ZoneInfo, now: datetime) -> bool:
    """Whether what they say now about the people described to them still counts."""
    return voice.asked_at is not None and now <= last_day(voice.asked_at, zone)


def asked(voice: Voice, portraits: Mapping[str, Portrait], at: datetime) -> Voice:
    """These people are described to them now; who was described before keeps number and description."""
    known = dict(voice.asked)
    for other, portrait in portraits.items():
        known.setdefault(other, Asked(len(known) + 1, portrait))
    return replace(voice, asked=known, asked_at=at) if portraits else voice


def told(voice: Voice, names: Iterable[str], at: datetime) -> Voice:
    """These names leave for them now; that opens no question again."""
    names = dict.fromkeys(names, at)
    return replace(voice, told=names | dict(voice.told), asked_at=voice.asked_at or at) if names else voice


def heard(own: Voice, other: Voice, who: tuple[str, str], said: Said, at: datetime) -> tuple[Voice, Voice]:
    """Both voices after the first of `who` said this about the second; unchanged where nobody asked, or it is done."""
    me, them = who
    if them not in own.asked or them in own.told or me in other.told:
        return own, other
    own = replace(own, said={**own.said, them: said}, said_at=at)
    if said is Said.YES and me in other.asked and other.said.get(me) is Said.YES:
        return _made(own, them, at), _made(other, me, at)
    return _unmade(own, them), _unmade(other, me)


def _made(voice: Voice, other: str, at: datetime) -> Voice:
    return replace(voice, made={other: at} | dict(voice.made))


def _unmade(voice: Voice, other: str) -> Voice:
    return replace(voice, made={each: at for each, at in voice.made.items() if each != other})


def heard_of_meeting(voice: Voice, met: Met, at: datetime) -> Voice:
    """They said whether they met; the last word counts."""
    return replace(voice, met=met, said_at=at)


class Shown(StrEnum):
    """What one proposal looks like to the person it was made to."""

    OPEN = "open"
    OVER = "over"
    INTRODUCED = "introduced"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal as its reader may see it: nothing here depends on what the other person said or did."""

    number: int
    portrait: Portrait
    shown: Shown
    said: Said | None = None


def proposals(voice: Voice, zone: ZoneInfo, now: datetime) -> tuple[Proposal, ...]:
    """All that were made to this person, in their order; a name that was told is no secret any more."""
    waits = Shown.OPEN if is_open(voice, zone, now) else Shown.OVER
    own = (
        Proposal(
            asked.number,
            asked.portrait,
            Shown.INTRODUCED if other in voice.told else waits,
            voice.said.get(other),
        )
        for other, asked in voice.asked.items()
    )
    return tuple(sorted(own, key=lambda each: each.number))
