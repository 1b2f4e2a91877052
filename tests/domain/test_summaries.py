"""A summary at 18:00 of every day with news, on the venue's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.sample import PARIS, guest
from worker.domain.answer import Answer, Partstat
from worker.domain.summaries import summaries, summary_day

HOST = guest("Paule")
NOON = datetime(2026, 12, 10, 12, 0, tzinfo=PARIS)
YES = Answer("cafe-13", "anne", Partstat.ACCEPTED, 0, NOON, NOON.astimezone(UTC), "m1")


def planned(*answers: Answer, now: datetime = NOON) -> list[tuple[str, datetime]]:
    wanted = summaries("cafe-12", answers, [HOST], PARIS, now)
    return [(str(one.key), one.due.astimezone(PARIS)) for one in wanted]


def test_an_answer_is_told_the_same_evening_and_a_late_one_the_next() -> None:
    six = NOON.replace(hour=18)

    assert summary_day(NOON, PARIS) == date(2026, 12, 10)
    assert summary_day(six, PARIS) == date(2026, 12, 11)
    assert planned(YES) == [("cafe-12.answers-20261210.paule", six)]


def test_a_day_has_one_summary_however_many_answer() -> None:
    assert planned(YES, replace(YES, person="bruno")) == planned(YES)


def test_a_summary_of_yesterday_is_not_sent_any_more() -> None:
    assert planned(YES, now=NOON + timedelta(days=2)) == []
    assert planned() == []
