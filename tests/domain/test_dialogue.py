"""Nobody's name goes out before both said yes, and a no looks like silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from worker.domain.dialogue import (
    SILENCE,
    Said,
    Shown,
    Voice,
    asked,
    heard,
    is_open,
    last_day,
    proposals,
    told,
)
from worker.domain.portrait import ANYBODY, Portrait
from worker.domain.rest import Rest, has_fallen_silent

NOON = datetime(2026, 12, 11, 12, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
DAY = timedelta(days=1)


def _both_asked() -> tuple[Voice, Voice]:
    return asked(SILENCE, {"b": Portrait("Santé")}, NOON), asked(SILENCE, {"a": ANYBODY}, NOON)


def test_two_yeses_make_it() -> None:
    a, b = _both_asked()

    a, b = heard(a, b, ("a", "b"), Said.YES, NOON)
    assert not a.made
    b, a = heard(b, a, ("b", "a"), Said.YES, NOON + DAY)

    assert (a.made, b.made) == ({"b": NOON + DAY}, {"a": NOON + DAY})


def test_one_yes_and_a_no_make_nothing_whatever_came_first() -> None:
    for order in ("ab", "ba"):
        a, b = _both_asked()
        for who in order:
            if who == "a":
                a, b = heard(a, b, ("a", "b"), Said.YES, NOON)
            else:
                b, a = heard(b, a, ("b", "a"), Said.NO, NOON)
        assert not a.made
        assert not b.made


def test_what_a_side_sees_is_the_same_for_a_no_and_for_silence() -> None:
    a, b = _both_asked()
    a, b = heard(a, b, ("a", "b"), Said.YES, NOON)

    _, refused = heard(b, a, ("b", "a"), Said.NO, NOON)

    for now in (NOON, NOON + 9 * DAY):
        assert proposals(refused, PARIS, now) == proposals(a, PARIS, now)


def test_nobody_answers_for_somebody_they_were_not_asked_about() -> None:
    _, b = _both_asked()

    assert heard(SILENCE, b, ("c", "b"), Said.YES, NOON) == (SILENCE, b)


def test_a_question_may_be_answered_until_the_end_of_its_seventh_day() -> None:
    a, _ = _both_asked()
    end = last_day(NOON, PARIS)

    assert end == datetime(2026, 12, 18, 23, 59, 59, tzinfo=PARIS)
    assert is_open(a, PARIS, end)
    assert not is_open(a, PARIS, end + timedelta(seconds=1))
    assert not is_open(SILENCE, PARIS, NOON)


def test_a_name_that_left_stays_told() -> None:
    a, b = _both_asked()
    a, b = heard(a, b, ("a", "b"), Said.YES, NOON)
    b, a = heard(b, a, ("b", "a"), Said.YES, NOON)
    a = told(a, ["b"], NOON)

    assert heard(b, a, ("b", "a"), Said.NO, NOON) == (b, a)
    assert proposals(a, PARIS, NOON)[0].shown is Shown.INTRODUCED


_ACT = st.tuples(st.sampled_from([("a", "b"), ("b", "a"), ("a", "c"), ("c", "a")]), st.sampled_from(Said))


@given(acts=st.lists(_ACT, max_size=20))
def test_made_is_exactly_two_yeses_in_force(acts: list[tuple[tuple[str, str], Said]]) -> None:
    voices = {
        "a": asked(SILENCE, {"b": ANYBODY, "c": ANYBODY}, NOON),
        "b": asked(SILENCE, {"a": ANYBODY}, NOON),
        "c": asked(SILENCE, {"a": ANYBODY}, NOON),
    }
    last: dict[tuple[str, str], Said] = {}

    for (me, them), said in acts:
        voices[me], voices[them] = heard(voices[me], voices[them], (me, them), said, NOON)
        last[me, them] = said

    for me, voice in voices.items():
        for them in voice.asked:
            both = last.get((me, them)) is last.get((them, me)) is Said.YES
            assert (them in voice.made) == both == (me in voices[them].made)


@given(acts=st.lists(_ACT, max_size=20))
def test_what_one_side_sees_depends_on_its_own_words_alone(
    acts: list[tuple[tuple[str, str], Said]],
) -> None:
    a, b = _both_asked()
    alone, silent = a, b
    for (me, them), said in acts:
        if (me, them) == ("a", "b"):
            a, b = heard(a, b, ("a", "b"), said, NOON)
            alone, silent = heard(alone, silent, ("a", "b"), said, NOON)
        elif me == "b":
            b, a = heard(b, a, ("b", "a"), said, NOON)

    assert proposals(a, PARIS, NOON) == proposals(alone, PARIS, NOON)


def test_two_silent_rounds_in_a_row_are_enough_and_a_word_is_one_too() -> None:
    silent = Voice(asked_at=NOON - 30 * DAY)
    spoke = Voice(asked_at=NOON - 60 * DAY, said_at=NOON - 59 * DAY)
    fresh = Voice(asked_at=NOON - DAY)

    assert has_fallen_silent([silent, silent], Rest(), NOON)
    assert not has_fallen_silent([silent], Rest(), NOON)
    assert not has_fallen_silent([silent, spoke, silent], Rest(), NOON)
    assert not has_fallen_silent([fresh, silent], Rest(), NOON)
    assert not has_fallen_silent([silent, silent], Rest(back=NOON - 10 * DAY), NOON)
