"""When clocks are believed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.clocks import CALM, Fault, Reading, Trust, judge

TOLERANCE = 60.0
START = Reading(ours=1_800_000_000.0, server=1_800_000_000.0, steady=5_000.0)
TRUSTING = Trust(START)

HOUR = 3600.0


def later(reading: Reading, seconds: float, *, ours: float = 0.0, server: float = 0.0) -> Reading:
    """So many seconds on, with a step of ours or the server's."""
    return replace(
        reading,
        ours=reading.ours + seconds + ours,
        server=reading.server + seconds + server,
        steady=reading.steady + seconds,
    )


@pytest.mark.parametrize("step", [HOUR, -HOUR, 61.0, -61.0])
def test_a_step_of_either_clock_is_a_fault_and_says_whose(step: float) -> None:
    server = judge(TRUSTING, later(START, 2, server=step), TOLERANCE)
    ours = judge(TRUSTING, later(START, 2, ours=step), TOLERANCE)

    assert (server.fault, round(server.by)) == (Fault.SERVER_JUMPED, step)
    assert (ours.fault, round(ours.by)) == (Fault.OURS_JUMPED, step)


def test_clocks_of_one_machine_that_jump_together_are_a_fault_too() -> None:
    trust = judge(TRUSTING, later(START, 2, ours=HOUR, server=HOUR), TOLERANCE)

    assert trust.fault is Fault.SERVER_JUMPED


def test_clocks_far_apart_are_a_fault_from_the_first_reading() -> None:
    trust = judge(Trust(), replace(START, ours=START.ours + HOUR), TOLERANCE)

    assert (trust.fault, trust.by) == (Fault.APART, HOUR)


def test_a_slow_answer_excuses_as_much_as_it_took() -> None:
    slow = replace(later(START, 90), server=START.server + 20, within=35.0)

    assert judge(TRUSTING, slow, TOLERANCE).fault is None
    assert judge(TRUSTING, replace(slow, within=5.0), TOLERANCE).fault is Fault.SERVER_JUMPED


def test_clocks_are_believed_again_once_they_have_agreed_for_a_while() -> None:
    jumped = judge(TRUSTING, later(START, 2, ours=HOUR, server=HOUR), TOLERANCE)
    assert jumped.reading

    first = judge(jumped, later(jumped.reading, 2), TOLERANCE)
    too_soon = judge(first, later(jumped.reading, CALM), TOLERANCE)
    calm = judge(too_soon, later(jumped.reading, 2 + CALM), TOLERANCE)

    assert [trust.fault for trust in (first, too_soon, calm)] == [Fault.SERVER_JUMPED] * 2 + [None]


def test_a_fault_within_the_calm_starts_it_anew() -> None:
    jumped = judge(TRUSTING, later(START, 2, server=HOUR, ours=HOUR), TOLERANCE)
    assert jumped.reading
    first = judge(jumped, later(jumped.reading, 1), TOLERANCE)

    again = judge(first, later(jumped.reading, 20, ours=-HOUR), TOLERANCE)

    assert (again.fault, again.calm_since) == (Fault.OURS_JUMPED, None)


@given(gaps=st.lists(st.floats(0, 86_400), max_size=20), skew=st.floats(-59, 59))
def test_clocks_that_only_run_are_always_believed(gaps: list[float], skew: float) -> None:
    trust = Trust(replace(START, ours=START.ours + skew))

    for gap in gaps:
        assert trust.reading
        trust = judge(trust, later(trust.reading, gap), TOLERANCE)

        assert trust.fault is None
