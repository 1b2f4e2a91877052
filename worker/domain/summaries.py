"""The mail that tells organizers what was answered: once a day, and only on days with news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from worker.domain.answer import Answer
from worker.domain.message import MessageKey
from worker.domain.person import Guest
from worker.domain.plan import Wanted
from worker.domain.reminders import to_organizers
from worker.domain.rule import parse_rule

#: Its due time comes from the answers, not from a rule; the rule only completes the step.
SUMMARY = to_organizers("answers", parse_rule("end + 1 h"))

#: On the venue's clock: the day's answers are in, and nobody is woken.
_AT = time(18)
_KEPT_FOR = timedelta(hours=20)


def summary_day(heard: datetime, zone: ZoneInfo) -> date:
    """The day whose summary tells of an answer heard then."""
    local = heard.astimezone(zone)
    return local.date() + timedelta(days=local.time() >= _AT)


def summary_name(day: date) -> str:
    """The step, with its round, of a day's summary."""
    return f"{SUMMARY.name}-{day:%Y%m%d}"


def summaries(
    edition: str, answers: Iterable[Answer], organizers: Iterable[Guest], zone: ZoneInfo, now: datetime
) -> Iterator[Wanted]:
    """A summary to each organizer for every day with news that is not over for good."""
    days = sorted({summary_day(answer.received, zone) for answer in answers})
    readers = list(organizers)
    for day in days:
        due = datetime.combine(day, _AT, zone).astimezone(UTC)
        if now <= due + _KEPT_FOR:
            for organizer in readers:
                key = MessageKey(edition, summary_name(day), organizer.person.id)
                yield Wanted(key, due, due + _KEPT_FOR)
