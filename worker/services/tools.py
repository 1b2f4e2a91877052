"""What the services work with: the ports, and a few pure functions made from settings and files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from worker.domain.address import Judged
from worker.domain.caps import NO_CAPS, Caps
from worker.domain.circle import Circle
from worker.domain.clocks import Trust
from worker.domain.consent import REGISTRATION
from worker.domain.edition import Edition, Organizer
from worker.domain.erasure import Forgotten
from worker.domain.inbound import Decision
from worker.domain.moment import WorkingCalendar
from worker.domain.person import Guest, Person
from worker.domain.season import closed_days
from worker.domain.sequence import Sequence
from worker.domain.window import Hours, Window
from worker.ports import Composer, Copies, Servers, Store, Transport
from worker.ports.introductions import Matcher
from worker.ports.mailroom import Mailbox


@dataclass(frozen=True, slots=True)
class Keep:
    """For how long: people after their last edition, moves of the ledger, copies beside it (these in real time)."""

    people: timedelta = timedelta(days=1095)
    moves: timedelta = timedelta(days=400)
    copies: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Limits:
    """The settings that bound a worker. Leases are real time; `group` is how many one crash can put in doubt.

    `abreast` is how many connections one worker would like beside each other.
    """

    batch: int = 20
    group: int = 1
    abreast: int = 1
    claim_lease: timedelta = timedelta(minutes=15)
    gate_lease: timedelta = timedelta(minutes=11)
    undo: timedelta = timedelta(minutes=1)
    keep: Keep = Keep()
    caps: Caps = NO_CAPS


class Clocks(Protocol):
    """The clocks of this machine beside the ledger server's, watched from call to call. Real time, never mapped."""

    place: str

    def look(self) -> tuple[Trust, Trust]:
        """What was thought of them at the last look, and what is thought now (`domain.clocks`)."""


@dataclass(frozen=True, slots=True)
class KnownCircle:
    """A circle, and what it was made of."""

    edition: Edition
    version: int
    circle: Circle


class NoCopies:
    """`ports.Copies` where nothing is kept beside the ledger."""

    def forget_person(self, gone: Forgotten) -> None:
        """Nothing to forget."""

    def drop_older(self, age: timedelta) -> None:
        """Nothing is old."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Put together once, by `bootstrap`; tests put memory twins in.

    `fingerprint` is the keyed HMAC of an address, `person_id` its short form in message keys, `new_token` never
    repeats. `judge_address` says whether a typed address can be mailed, `read_answers` what a mail that came in means;
    without a `mailbox` none comes in. `registration` is what people read when they registered,
    `copies` what is kept of people beside the ledger;
    `circles` are those of the editions last written about.
    `holidays` gives the public holidays of a country in a year.
    """

    store: Store
    transport: Transport
    composer: Composer
    sequence: Callable[[str], Sequence]
    holidays: Callable[[str, int], frozenset[date]]
    fingerprint: Callable[[str], str]
    person_id: Callable[[str], str]
    new_token: Callable[[], str]
    judge_address: Callable[[str], Judged]
    clocks: Clocks
    servers: Servers
    read_answers: Callable[[bytes], tuple[Decision, ...]]
    matcher: Matcher
    limits: Limits = Limits()
    registration: str = REGISTRATION
    ops: Organizer | None = None
    mailbox: Mailbox | None = None
    copies: Copies = field(default_factory=NoCopies)
    circles: dict[str, KnownCircle] = field(default_factory=dict)


def working_calendar(tools: Tools, edition: Edition) -> WorkingCalendar:
    """Working days around an edition: its sequence's days without holidays and closed seasons, for some years."""
    sequence = tools.sequence(edition.sequence)
    years = tuple(edition.meeting.start.year + n for n in (-1, 0, 1, 2))
    holidays = tuple([tools.holidays(sequence.country, year) for year in years])
    return _working_calendar(sequence.window.days, (*holidays, closed_days(sequence.closed, years)))


# Every mail of an edition is asked whether it may leave now: these are made once.
@lru_cache(maxsize=64)
def _working_calendar(days: frozenset[int], holidays: tuple[frozenset[date], ...]) -> WorkingCalendar:
    return WorkingCalendar(days=days, holidays=frozenset[date]().union(*holidays))


def window(tools: Tools, edition: Edition) -> Window:
    """The send window of an edition, on its own clock and with its country's holidays."""
    hours = tools.sequence(edition.sequence).window
    return _window(hours, edition.meeting.zone, working_calendar(tools, edition).holidays)


@lru_cache(maxsize=64)
def _window(hours: Hours, zone: ZoneInfo, holidays: frozenset[date]) -> Window:
    return hours.on(zone, holidays)


def as_guest(tools: Tools, organizer: Organizer) -> Guest:
    """An organizer as somebody who gets mail."""
    person = tools.person_id(tools.fingerprint(organizer.address))
    first = organizer.name.split(" ")[0]
    return Guest(Person(person, organizer.name, first, organizer.address, organizer.language))
