"""One Café: when, where, who invites, what was said, and when the next one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


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


@dataclass(frozen=True, slots=True)
class Series:
    """The run of editions. `postal_address` is the sender's own, as the law wants it in each mail."""

    id: str
    name: str
    postal_address: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A time and a place; `start` and `end` are aware and carry the zone in which people will read them."""

    id: str
    number: int
    title: str
    start: datetime
    end: datetime
    venue: Venue
    revision: int = 0

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

    @property
    def id(self) -> str:
        """`<series>-<number>`, the first part of each of its message keys."""
        return self.meeting.id

    @property
    def host(self) -> Organizer:
        """The organizer who signs."""
        return self.organizers[0]
