"""What a journal tells of a ledger that forgot it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.journal import last_passage, passed_line, read_account, settled_line, together
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey

ANNE, BRUNO, CLARA, DENIS = (
    MessageKey("cafe-12", "nudge", name) for name in ("anne", "bruno", "clara", "denis")
)
LINES = [
    passed_line(1, [DENIS]),
    settled_line(State.SENT, DENIS),
    passed_line(4, [ANNE, BRUNO, CLARA]),
    settled_line(State.SENT, ANNE),
    settled_line(State.DEFERRED, BRUNO),
]


def test_what_passed_later_is_found_with_its_outcome() -> None:
    account = read_account(LINES)

    findings = account.findings(account.passed(after=1))

    assert findings == {ANNE: State.SENT, CLARA: State.IN_DOUBT}


def test_what_the_ledger_still_knows_is_not_told_again() -> None:
    assert read_account(LINES).passed(after=4) == frozenset()


def test_what_was_given_back_and_passed_again_without_an_outcome_is_in_doubt() -> None:
    account = read_account([settled_line(State.SCHEDULED, ANNE), passed_line(1, [ANNE])])

    assert account.findings([ANNE]) == {ANNE: State.IN_DOUBT}


@pytest.mark.parametrize("order", [1, -1])
def test_of_several_journals_the_most_telling_word_stands(order: int) -> None:
    one = read_account([passed_line(1, [ANNE]), settled_line(State.SENT, ANNE), passed_line(2, [BRUNO])])
    other = read_account([settled_line(State.DEFERRED, ANNE), settled_line(State.SCHEDULED, BRUNO)])

    both = together([one, other][::order])

    assert both.findings([ANNE, BRUNO]) == {ANNE: State.SENT, BRUNO: State.IN_DOUBT}
    assert both.times == {ANNE: 1, BRUNO: 1}


def test_a_torn_line_tells_nothing_and_hurts_no_other() -> None:
    account = read_account([*LINES, "g", "g x y", "s sent", "s lost cafe-12.nudge.anne", "g 9 cafe", ""])

    assert account == read_account(LINES)


def test_a_missing_passage_is_noticed() -> None:
    whole, torn = read_account(LINES), read_account([LINES[0], passed_line(4, [ANNE, BRUNO])])

    assert whole.covers(0)
    assert not torn.covers(0)
    assert torn.covers(2)


_PASSED = st.builds(passed_line, st.integers(0, 12), st.lists(st.sampled_from([ANNE, BRUNO]), max_size=3))
_TORN = st.builds(lambda line, end: line[:end], _PASSED, st.integers(0, 30))
_ELSE = st.sampled_from(
    ["", "g", "g ", "g x", "g ² cafe-12.nudge.anne", "g -1", "gg 99", settled_line(State.SENT, ANNE)]
)


@given(st.lists(_PASSED | _TORN | _ELSE))
def test_the_last_passage_is_the_highest_that_is_told_whole(lines: list[str]) -> None:
    assert last_passage(lines) == read_account(lines).highest
