"""Whole "when" sentences: a moment, and what is waited for until when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.errors import InvalidRule
from worker.domain.rule import Rule, parse_rule
from worker.domain.sequence import Gate, GateKind
from worker.domain.timing import Timing, parse_timing

SUNSET = parse_rule("J+2 18:00")
BOTH = (Gate(GateKind.PRESENCE, SUNSET), Gate(GateKind.NOTES, SUNSET))


@pytest.mark.parametrize(
    "sentence",
    [
        "end + 3 h, when presence is marked and notes are ready, at the latest J+2 18:00",
        "end + 3 h when the notes are ready and when presence is marked at the latest J+2 18:00",
        "fin + 3 h, quand les présences sont notées et que les notes sont prêtes, au plus tard J+2 18 h",
        (
            "fin + 3 h, quand la présence est marquée, au plus tard J+2 18:00,\n"
            "quand les notes sont prêtes, au plus tard J+2 18:00"
        ),
    ],
)
def test_a_sentence_says_the_moment_and_what_it_waits_for(sentence: str) -> None:
    assert parse_timing(sentence) == Timing(parse_rule("end + 3 h"), BOTH)


def test_a_sentence_that_only_waits_counts_from_the_end() -> None:
    timing = parse_timing("when the notes are ready, at the latest J+2 18:00")

    assert timing == Timing(parse_rule("end"), (Gate(GateKind.NOTES, SUNSET),))


@pytest.mark.parametrize(
    ("sentence", "clue"),
    [
        ("", "counts from end"),
        ("end + 3 h,", "say nothing after"),
        ("end, when notes are ready", "say until when it waits"),
        ("end, when the moon is full, at the latest J+2 18:00", "'the moon is full'"),
        ("end, when notes are ready, at the latest soon", "counts from end"),
        ("end, when notes are ready and notes are ready, at the latest J+1 18:00", "waits for notes twice"),
    ],
)
def test_other_sentences_are_refused_with_what_is_wrong(sentence: str, clue: str) -> None:
    with pytest.raises(InvalidRule) as refused:
        parse_timing(sentence)

    assert clue in refused.value.remedy


RULES = st.sampled_from(["end", "end + 3 h", "J+2 18:00", "next working morning", "next start - 1 day"]).map(
    parse_rule
)


@given(RULES, st.dictionaries(st.sampled_from(GateKind), RULES))
def test_every_timing_parses_back_from_its_sentence(at: Rule, deadlines: dict[GateKind, Rule]) -> None:
    timing = Timing(at, tuple(Gate(kind, deadlines[kind]) for kind in GateKind if kind in deadlines))

    assert parse_timing(str(timing)) == timing
