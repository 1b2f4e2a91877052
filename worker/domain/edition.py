"""One Café: when, where, who invites, what was said, and when the next one is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from worker.domain.portrait import CROWD


@dataclass(frozen=True, slots=True)
class Venue:
    """Where people meet."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Organizer:
    """Somebody who invites, signs the mails and reads the answers."""

    name: str
    address: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Extract:
    """A few words of the debate. `author` is empty unless that person agreed in writing to be named."""

    text: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of the debate; mails wait for `ready` until their deadline."""

    ready: bool = False
    extracts: tuple[Extract, ...] = ()


class Naming(StrEnum):
    """Whether the first mail names people to each other, or describes them and asks both first."""

    NAMED = "named"
    ASK_FIRST = "ask-first"


@dataclass(frozen=True, slots=True)
class Introductions:
    """How a series introduces people; so many present must answer to a description (`domain.portrait`)."""

    mode: Naming = Naming.ASK_FIRST
    at_least: int = CROWD


@dataclass(frozen=True, slots=True)
class Series:
    """The run of editions. `postal_address` is the sender's own, as the law wants it in each mail."""

    id: str
    name: str
    postal_address: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """What a meeting was, as mails said it `until` then (ledger's clock, UTC)."""

    title: str
    start: datetime
    end: datetime
    venue: Venue
    revision: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """A time and a place; `start` and `end` are aware and carry the zone in which people will read them.

    `revision` is SEQUENCE; `past` are the earlier versions, of which only some had another SEQUENCE.
    """

    id: str
    number: int
    title: str
    start: datetime
    end: datetime
    venue: Venue
    revision: int = 0
    past: tuple[Version, ...] = ()
    called_off: bool = False

    @property
    def version(self) -> int:
        """How many changes there were; every mail with a calendar is of one version."""
        return len(self.past)

    @property
    def revision_asked(self) -> int:
        """The SEQUENCE that asked people last: calling off asks nobody."""
        return self.revision - self.called_off

    def as_of(self, version: int) -> Meeting:
        """The meeting as mails of that version told it."""
        if version >= self.version:
            return self
        was = self.past[version]
        return replace(
            self,
            title=was.title,
            start=was.start,
            end=was.end,
            venue=was.venue,
            revision=was.revision,
            past=self.past[:version],
            called_off=False,
        )

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the venue."""
        if not isinstance(self.start.tzinfo, ZoneInfo):
            raise TypeError("a meeting's start carries a ZoneInfo, never a fixed offset")
        return self.start.tzinfo


@dataclass(frozen=True, slots=True)
class Edition:
    """One Café and everything its mails speak of. `sequence` names the file in `schedules/`."""

    series: Series
    meeting: Meeting
    organizers: tuple[Organizer, ...]
    language: str = "fr"
    notes: Notes = Notes()
    next: Meeting | None = None
    sequence: str = "cafe"
    introductions: Introductions = Introductions()

    @property
    def id(self) -> str:
        """`<series>-<number>`, the first part of each of its message keys."""
        return self.meeting.id

    @property
    def upcoming(self) -> Meeting | None:
        """The next Café, unless it was called off."""
        return self.next if self.next and not self.next.called_off else None

    @property
    def host(self) -> Organizer:
        """The organizer who signs."""
        return self.organizers[0]
