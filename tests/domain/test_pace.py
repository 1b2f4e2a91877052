"""Pace, budget and giving way, as sums."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from worker.domain import budget
from worker.domain.pace import RelayLimits, pace
from worker.domain.relay_state import RelayState
from worker.domain.slowdown import Slowdown, fewer, measured_rate, slower

NOW = 1_796_000_000_000.0
DAY = 86_400_000
RATES = st.floats(0.1, 1000)


@given(rate=RATES)
def test_a_rested_pace_has_room_for_one_second_s_worth(rate: float) -> None:
    assert max(int(rate), 1) <= pace(rate).room(0, NOW) <= max(rate, 1) + 0.01


@given(rate=RATES, gaps=st.lists(st.floats(-1e5, 1e4), max_size=60))
def test_no_more_leave_than_the_pace_and_one_burst(rate: float, gaps: list[float]) -> None:
    bound, spent_until, now, gone = pace(rate), 0.0, NOW, 0

    for gap in gaps:
        now += gap
        room = bound.room(spent_until, now)
        spent_until, gone = bound.spend(spent_until, now, room), gone + room

    forward = sum(gap for gap in gaps if gap > 0)
    assert gone <= rate * forward / 1000 + max(rate, 1) + 0.1


@given(rate=RATES, letters=st.integers(1, 50))
def test_after_the_wait_there_is_room(rate: float, letters: int) -> None:
    bound = pace(rate)
    spent_until = bound.spend(0, NOW, bound.room(0, NOW))

    later = NOW + bound.wait(spent_until, NOW, letters)

    assert bound.room(spent_until, later) >= min(letters, max(int(rate), 1))


def test_a_clock_put_back_closes_the_relay_for_a_second_at_most() -> None:
    bound = pace(10)

    spent_until = bound.spend(0, NOW, 10)

    assert bound.wait(spent_until, NOW - DAY, 1) == 100


@given(gaps=st.lists(st.integers(0, 20_000_000), max_size=80))
def test_in_no_24_hours_more_pass_than_the_budget(gaps: list[int]) -> None:
    spent: budget.Spent = {}
    now, passed = NOW, list[float]()

    for gap in gaps:
        now += gap
        letters = min(budget.left(spent, now, 10), 4)
        spent, passed = budget.spend(spent, now, letters), [*passed, *([now] * letters)]

    assert all(sum(at <= other < at + DAY for other in passed) <= 10 for at in passed)


def test_the_budget_opens_when_its_oldest_quarter_is_a_day_old() -> None:
    spent = budget.spend(budget.spend({}, NOW, 3), NOW + 3_600_000, 2)

    opens = budget.opens_at(spent, NOW + 3_600_000, 5)

    assert NOW + DAY <= opens <= NOW + DAY + budget.QUARTER
    assert (budget.left(spent, opens - 1, 5), budget.left(spent, opens, 5)) == (0, 3)


def test_a_budget_with_room_is_open_now() -> None:
    assert budget.opens_at(budget.spend({}, NOW, 3), NOW, 5) == NOW


def test_letters_given_back_count_no_more() -> None:
    spent = budget.spend({}, NOW, 3)

    assert budget.left(budget.spend(spent, NOW, -2), NOW, 5) == 4
    assert budget.left(budget.spend(spent, NOW + budget.QUARTER, -1), NOW + budget.QUARTER, 5) == 3


def test_quarters_of_a_clock_that_was_wrong_do_not_count() -> None:
    assert budget.left(budget.spend({}, NOW + 30 * DAY, 5), NOW, 5) == 5


def test_a_complaint_halves_and_two_minutes_give_it_back() -> None:
    slowdown = slower(None, configured=10, measured=0, now=NOW, because="421")

    assert slowdown == Slowdown(5, 10, NOW, NOW, "421")
    assert [slowdown.rate_at(NOW + seconds * 1000) for seconds in (0, 30, 60)] == [5, 7.5, None]


def test_an_echo_changes_nothing_and_the_next_complaint_halves_what_is_left() -> None:
    first = slower(None, configured=10, measured=0, now=NOW, because="421")

    assert slower(first, configured=10, measured=0, now=NOW + 100, because="echo") is first
    second = slower(first, configured=10, measured=0, now=NOW + 12_000, because="again")
    assert second == Slowdown(3, 10, NOW + 12_000, NOW, "again")


def test_without_a_limit_the_measured_pace_is_halved_or_none() -> None:
    assert slower(None, configured=0, measured=0, now=NOW, because="421") is None
    assert slower(None, configured=0, measured=80, now=NOW, because="421") == Slowdown(
        40, 160, NOW, NOW, "421"
    )


def test_nobody_is_slowed_below_one_in_two_seconds_but_by_the_limit() -> None:
    assert slower(None, configured=0.6, measured=0, now=NOW, because="") == Slowdown(0.5, 0.6, NOW, NOW)
    assert slower(None, configured=0.2, measured=0, now=NOW, because="") == Slowdown(0.2, 0.2, NOW, NOW)


def test_a_handful_is_no_rate() -> None:
    assert measured_rate([NOW - 10] * 9, NOW) == 0
    assert measured_rate([NOW - 10] * 20, NOW) == 20
    assert measured_rate([NOW - 2000] * 20, NOW) == 10


def test_connections_are_halved_but_one_stays() -> None:
    halved = fewer(None, configured=8, used=6, now=NOW)

    assert halved is not None
    assert [halved.lines_at(NOW + seconds * 1000) for seconds in (0, 29, 30, 61)] == [3, 3, 4, 5]
    assert fewer(halved, configured=8, used=6, now=NOW + 4000) is halved
    lonely = fewer(None, configured=8, used=1, now=NOW)
    assert lonely is not None
    assert lonely.lines == 1


def test_connections_that_are_not_counted_cannot_be_fewer() -> None:
    assert fewer(None, configured=0, used=0, now=NOW) is None


def test_the_wait_is_as_long_as_the_longest_hindrance() -> None:
    limits = RelayLimits(per_second=4, per_day=1)

    assert RelayState(limits, NOW).wait.total_seconds() == 0
    assert RelayState(limits, NOW, paced=NOW + 1000).wait.total_seconds() == 0.25
    assert RelayState(limits, NOW, paced=NOW + 1000, closed_until=NOW + 9000).wait.total_seconds() == 9
    assert RelayState(limits, NOW, spent={int(NOW // budget.QUARTER): 1}).wait.total_seconds() > 86_000
