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
        ("next start", "next start + 0 h"),
        ("J+1 09:00", "J+1 09:00"),
        ("D+2 18h30", "J+2 18:30"),
        ("j-1 18:00", "J-1 18:00"),
        ("next J-1 18:00", "next J-1 18:00"),
        ("J+3 ouvrés 09:00", "J+3 working 09:00"),
        ("next working morning", "J+1 working 09:00"),
        ("prochain matin ouvré", "J+1 working 09:00"),
        ("next working morning 08:30", "J+1 working 08:30"),
    ],
)
def test_words_have_one_canonical_spelling(words: str, canonical: str) -> None:
    assert str(parse_rule(words)) == canonical


@pytest.mark.parametrize("words", ["", "soon", "end +", "end + 2 moons", "J+1", "J+1 25:00", "J-1 working 09:00", "end + 2 h please"])
def test_other_words_are_refused_with_examples(words: str) -> None:
    with pytest.raises(InvalidRule, match="write|hour"):
        parse_rule(words)


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
