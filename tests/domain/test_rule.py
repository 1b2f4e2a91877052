"""The grammar of moments: what is understood, how it is written back, what is refused."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.errors import InvalidRule
from worker.domain.rule import Anchor, DayTime, Offset, Unit, parse_rule


@pytest.mark.parametrize(
    ("words", "canonical"),
    [
        ("end + 2 h", "end + 2 h"),
        ("END+2h", "end + 2 h"),
        ("fin + 3 heures", "end + 3 h"),
        ("end + 90 min", "end + 90 min"),
        ("start - 1 day", "start - 1 day"),
        ("début - 2 jours", "start - 2 days"),
        ("next start - 1 week", "next start - 1 week"),
        ("prochain début - 1 jour", "next start - 1 day"),
        ("next start", "next start"),
        ("end + 0 h", "end"),
        ("next start − 1 day", "next start - 1 day"),
        ("fin\u00a0+\u202f3\u00a0h", "end + 3 h"),
        ("de\u0301but - 1 jour", "start - 1 day"),
        ("J+1 09:00", "J+1 09:00"),
        ("D+2 18h30", "J+2 18:30"),
        ("j-1 18:00", "J-1 18:00"),
        ("next J-1 18:00", "next J-1 18:00"),
        ("J+3 ouvrés 09:00", "J+3 working 09:00"),
        ("J+3 jours ouvrés 9 h", "J+3 working 09:00"),
        ("J+2 18 h 30", "J+2 18:30"),
        ("next working morning", "J+1 working 09:00"),
        ("prochain matin ouvré", "J+1 working 09:00"),
        ("next working morning 08:30", "J+1 working 08:30"),
    ],
)
def test_words_have_one_canonical_spelling(words: str, canonical: str) -> None:
    assert str(parse_rule(words)) == canonical


@pytest.mark.parametrize(
    ("words", "clue"),
    [
        ("", "counts from end, start, next start or J"),
        ("soon", "counts from end, start, next start or J"),
        ("end +", "after the anchor comes"),
        ("end + 2 moons", "count in min, h, days or weeks"),
        ("end + 2 h please", "say nothing after"),
        ("J+1", "a day is followed by an hour"),
        ("J+1 25:00", "25:00 is not an hour of the day"),
        ("J-1 working 09:00", "counted forward"),
        ("next working morning early", "only an hour may follow"),
    ],
)
def test_other_words_are_refused_with_what_is_wrong_and_an_example(words: str, clue: str) -> None:
    with pytest.raises(InvalidRule) as refused:
        parse_rule(words)

    assert clue in refused.value.remedy
    assert "write " in refused.value.remedy


OFFSETS = st.builds(Offset, st.sampled_from(Anchor), st.integers(-999, 999), st.sampled_from(Unit))
DAY_TIMES = st.builds(
    DayTime,
    st.integers(1, 99),
    st.times().map(lambda t: time(t.hour, t.minute)),
    st.booleans(),
    st.booleans(),
)


@given(OFFSETS | DAY_TIMES)
def test_every_rule_parses_back_from_its_spelling(rule: Offset | DayTime) -> None:
    assert parse_rule(str(rule)) == rule
