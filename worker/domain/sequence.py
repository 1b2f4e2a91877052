"""The sequence of a campaign: its steps, how long after, to whom, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from worker.domain.moment import Anchors, WorkingCalendar, moment
from worker.domain.rule import Rule
from worker.domain.season import Season
from worker.domain.window import Hours


class Audience(StrEnum):
    """Who among the guests a step is for."""

    PRESENT = "present"
    MISSED = "missed"
    INVITED = "invited"
    INTRODUCED = "introduced"
    ORGANIZERS = "organizers"


class Purpose(StrEnum):
    """What a mail is for; people switch each purpose off by itself."""

    THANKS = "thanks"
    INVITATIONS = "invitations"
    INTRODUCTIONS = "introductions"
    ORGANIZERS = "organizers"


class Lane(StrEnum):
    """The Celery queue that wakes workers for a step; ops staff and watch lanes apart."""

    URGENT = "urgent"
    CAMPAIGN = "campaign"


#: The Celery queue of the chores, beside the lanes; and every queue there is.
CHORES = "chores"
QUEUES = (CHORES, *(str(lane) for lane in Lane))


class Doubt(StrEnum):
    """What a doubt becomes: it waits for a person, or the same mail goes again."""

    HOLD = "hold"
    AGAIN = "again"


class CalendarPart(StrEnum):
    """Whether a step carries a calendar invitation (iTIP method, RFC 5546)."""

    NONE = "none"
    REQUEST = "request"
    CANCEL = "cancel"


class Unless(StrEnum):
    """An answer that makes a step pointless."""

    DECLINED = "declined"
    REPLIED = "replied"


class GateKind(StrEnum):
    """What a step may wait for."""

    PRESENCE = "presence"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Gate:
    """Wait until this is known or ready, at the latest until `by`."""

    kind: GateKind
    by: Rule


@dataclass(frozen=True, slots=True)
class Step:
    """One mail of a sequence. It expires `keep_for` after it fell due, or at `until`, whichever comes first."""

    name: str
    at: Rule
    audience: Audience
    purpose: Purpose
    keep_for: timedelta
    gates: tuple[Gate, ...] = ()
    lane: Lane = Lane.CAMPAIGN
    until: Rule | None = None
    in_doubt: Doubt = Doubt.HOLD
    calendar: CalendarPart = CalendarPart.NONE
    unless: tuple[Unless, ...] = ()


@dataclass(frozen=True, slots=True)
class Sequence:
    """A file of `schedules/`: its steps in order, its sending hours, whose holidays it keeps, when it rests."""

    name: str
    window: Hours
    country: str
    steps: tuple[Step, ...]
    closed: tuple[Season, ...] = ()

    def step(self, name: str) -> Step | None:
        """The step of this name."""
        for step in self.steps:  # asked for each mail: a generator would take twice as long
            if step.name == name:
                return step
        return None


def expires_at(step: Step, due: datetime, anchors: Anchors, calendar: WorkingCalendar) -> datetime:
    """The last moment (UTC) at which this step still makes sense: the earlier of `keep_for` and `until`.

    An `until` that counts from a next edition which is not set ends nothing.
    """
    kept = due.astimezone(UTC) + step.keep_for
    until = moment(step.until, anchors, calendar) if step.until else None
    return min(kept, until) if until else kept
