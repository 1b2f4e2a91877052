"""The hours at which mail may leave: working days, from one hour of the day to another, in the edition's zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from worker.domain.moment import WorkingCalendar, on_wall

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """A window as a sequence file tells it, not yet in a zone: opens before it closes, on these weekdays."""

    opens: time
    closes: time
    days: frozenset[int] = frozenset(range(5))

    def on(self, zone: ZoneInfo, holidays: frozenset[date]) -> Window:
        """These hours on the walls of a zone, without its public holidays."""
        return Window(self.opens, self.closes, zone, WorkingCalendar(self.days, holidays))


@dataclass(frozen=True, slots=True)
class Window:
    """Hours in a zone, crossing no midnight. Moments go in aware and come out in UTC.

    A window that a clock change leaves no time in (2:10 to 2:50 when clocks jump from 2 to 3) stays closed that day.
    """

    opens: time
    closes: time
    zone: ZoneInfo
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)

    def __post_init__(self) -> None:
        """ValueError for a window that closes before it opens: nothing could ever leave."""
        if self.closes <= self.opens:
            raise ValueError(
                f"a window must open before it closes, not {self.opens:%H:%M} to {self.closes:%H:%M}"
            )

    def first_open(self, at: datetime) -> datetime:
        """The first moment from `at` on when mail may leave: `at` itself inside the window, never earlier."""
        return _first_open(self, at.astimezone(UTC))

    def closes_after(self, at: datetime) -> datetime:
        """When the window closes that is open at `first_open(at)`."""
        return self.on_day(self.first_open(at).astimezone(self.zone).date())[1]

    def contains(self, at: datetime) -> bool:
        """Whether mail may leave at this moment."""
        return self.first_open(at) == at

    def on_day(self, day: date) -> tuple[datetime, datetime]:
        """When it opens and closes on a day, should that be a working day."""
        return _on_day(self, day)


# All mails of a batch ask about the same moment.
@lru_cache(maxsize=64)
def _first_open(window: Window, at: datetime) -> datetime:
    day = at.astimezone(window.zone).date()
    while True:
        opens, closes = window.on_day(day)
        found = max(at, opens)
        if found < closes and window.calendar.works(day):
            return found
        day += _DAY


@lru_cache(maxsize=64)
def _on_day(window: Window, day: date) -> tuple[datetime, datetime]:
    return on_wall(day, window.opens, window.zone), on_wall(day, window.closes, window.zone)
