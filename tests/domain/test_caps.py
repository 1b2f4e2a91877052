"""At most so many mails a day and an edition for one person: spread, cut, and nobody else touched."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from worker.domain.caps import NO_CAPS, Caps, Gone, Measure, capped
from worker.domain.message import MessageKey
from worker.domain.plan import Decision, Unwanted, Wanted
from worker.domain.reason import Reason
from worker.domain.window import Hours

PARIS = ZoneInfo("Europe/Paris")
WINDOW = Hours(time(8), time(19, 30)).on(PARIS, frozenset())
NOW = datetime(2026, 12, 8, 10, tzinfo=PARIS)
STEPS = ("thank-you", "invitation", "nudge", "reminder")


def key(step: str, person: str = "anne") -> MessageKey:
    return MessageKey("cafe-12", step, person)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=PARIS)


ONE_AND_THREE = Caps(1, 3)
WORTH = {"invitation": 3, "thank-you": 2, "nudge": 1}


def within(*decisions: Decision, caps: Caps = ONE_AND_THREE, gone: Gone | None = None) -> list[Decision]:
    return list(capped(decisions, Measure(caps, gone or Gone(), WINDOW, NOW, WORTH)))


def test_of_two_on_one_day_the_later_waits_for_the_next_at_its_hour() -> None:
    first, second = Wanted(key("thank-you"), at(9, 13)), Wanted(key("invitation"), at(9, 15))

    assert within(first, second) == [first, Wanted(key("invitation"), at(10, 15), because=Reason.ONE_A_DAY)]


def test_what_is_overdue_counts_for_today() -> None:
    overdue, second = Wanted(key("thank-you"), at(7, 13)), Wanted(key("invitation"), at(8, 15))

    assert within(overdue, second)[1] == Wanted(key("invitation"), at(9, 15), because=Reason.ONE_A_DAY)


def test_it_waits_over_a_weekend_and_not_longer_than_it_is_wanted() -> None:
    first = Wanted(key("thank-you"), at(11, 9))
    second = Wanted(key("invitation"), at(11, 10), until=at(20, 0))
    third = Wanted(key("nudge"), at(11, 11), until=at(14, 23))

    assert within(first, second, third) == [
        first,
        Wanted(key("invitation"), at(14, 10), at(20, 0), because=Reason.ONE_A_DAY),
        Unwanted(key("nudge"), Reason.ENOUGH),
    ]


def test_a_fourth_of_an_edition_is_enough_the_last_one_goes() -> None:
    wanted = [Wanted(key(step), at(9 + n, 9)) for n, step in enumerate(STEPS)]

    assert within(*wanted)[3] == Unwanted(key("reminder"), Reason.ENOUGH)
    assert isinstance(within(*wanted, caps=Caps(1, 0))[3], Wanted)


def test_the_least_worthy_goes_whatever_falls_due_first() -> None:
    teaser, *others = [Wanted(key(step), at(9 + n, 9)) for n, step in enumerate(("teaser", *STEPS[:3]))]

    assert within(teaser, *others) == [Unwanted(key("teaser"), Reason.ENOUGH), *others]


def test_what_left_already_is_counted() -> None:
    gone = Gone(frozenset({key("thank-you"), key("nudge")}), {key("thank-you"): at(8, 9)})
    second, third = Wanted(key("invitation"), at(8, 15)), Wanted(key("reminder"), at(10, 9))

    assert within(Wanted(key("thank-you"), at(7, 9)), second, third, gone=gone) == [
        Wanted(key("thank-you"), at(7, 9)),
        Wanted(key("invitation"), at(9, 15), because=Reason.ONE_A_DAY),
        Unwanted(key("reminder"), Reason.ENOUGH),
    ]


def test_somebody_elses_mail_is_somebody_elses() -> None:
    both = [Wanted(key("thank-you", who), at(9, 9)) for who in ("anne", "bruno")]

    assert within(*both) == both


WANTED = st.builds(
    lambda step, person, hours, kept: Wanted(
        key(step, person), NOW + hours * timedelta(hours=1), NOW + (hours + kept) * timedelta(hours=1)
    ),
    st.sampled_from(STEPS),
    st.sampled_from(["anne", "bruno"]),
    st.integers(-48, 96),
    st.integers(1, 24 * 14),
)


@given(st.lists(WANTED, unique_by=lambda w: w.key), st.integers(0, 2), st.integers(0, 3))
def test_whatever_falls_due_nobody_gets_more_and_nothing_leaves_early_late_or_unsaid(
    wanted: list[Wanted], per_day: int, per_edition: int
) -> None:
    made = within(*wanted, caps=Caps(per_day, per_edition))

    kept = [one for one in made if isinstance(one, Wanted)]
    days = Counter((w.key.person, WINDOW.first_open(max(w.due, NOW)).astimezone(PARIS).date()) for w in kept)
    before = {one.key: one for one in wanted}
    assert [one.key for one in made] == [one.key for one in wanted]
    assert not per_day or max(days.values(), default=0) <= per_day
    assert not per_edition or max(Counter(w.key.person for w in kept).values(), default=0) <= per_edition
    assert all(w.due >= before[w.key].due for w in kept)
    assert all((w.because is Reason.ONE_A_DAY) == (w.due != before[w.key].due) for w in kept)
    assert all(w == before[w.key] or (w.until and w.due <= w.until) for w in kept)
    assert all(one.reason is Reason.ENOUGH for one in made if isinstance(one, Unwanted))


@given(st.lists(WANTED, unique_by=lambda w: w.key))
def test_without_limits_a_plan_stays_as_it_is(wanted: list[Wanted]) -> None:
    assert within(*wanted, caps=NO_CAPS) == wanted
