"""Which answer counts: SEQUENCE, then DTSTAMP, then the last one heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from worker.domain.answer import Answer, Partstat, in_force

NOON = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)
YES = Answer("cafe-13", "anne", Partstat.ACCEPTED, 0, NOON, NOON, "m1")
NO = replace(YES, partstat=Partstat.DECLINED, mail="m2")
ANSWERS = st.builds(
    replace,
    st.just(YES),
    sequence=st.integers(0, 3),
    stamp=st.datetimes(timezones=st.just(UTC)),
    mail=st.uuids().map(str),
)


def test_the_answer_to_the_newer_date_counts_whatever_its_stamp() -> None:
    newer = replace(NO, sequence=1, stamp=NOON - timedelta(days=3))

    assert in_force([newer, YES]) == in_force([YES, newer]) == {"anne": newer}


def test_of_the_same_date_the_later_stamp_counts() -> None:
    later = replace(NO, stamp=NOON + timedelta(seconds=1))

    assert in_force([later, YES]) == in_force([YES, later]) == {"anne": later}


def test_a_tie_goes_to_the_last_one_heard() -> None:
    assert in_force([YES, NO]) == {"anne": NO}
    assert in_force([NO, YES]) == {"anne": YES}


def test_everybody_has_one_answer() -> None:
    bruno = replace(NO, person="bruno")

    assert in_force([YES, bruno]) == {"anne": YES, "bruno": bruno}


@given(st.lists(ANSWERS, min_size=1))
def test_nothing_heard_outranks_what_counts(answers: list[Answer]) -> None:
    counts = in_force(answers)["anne"]

    assert (counts.sequence, counts.stamp) == max((one.sequence, one.stamp) for one in answers)


def test_a_yes_to_an_older_date_is_marked_and_a_no_stays_a_no() -> None:
    assert YES.is_about_an_older_date(1)
    assert not YES.is_about_an_older_date(0)
    assert not NO.is_about_an_older_date(1)
