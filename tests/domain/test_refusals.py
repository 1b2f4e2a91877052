"""What a machine wrote down of refusals, read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from worker.domain.refusals import Lift, erased, last_words, lift_line, read_refusals, stop_line
from worker.domain.suppression import Cause, Suppression

NOON = datetime(2026, 12, 8, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
STOP = Suppression("fp", Cause.UNSUBSCRIBED, NOON, "purpose:thanks", note="said Zoé on the phone")
PAUSE = Suppression("fp", Cause.UNSUBSCRIBED, NOON, "pause", until=NOON + 90 * 24 * HOUR)
GONE = Suppression("fp", Cause.ERASED, NOON + HOUR)


def test_a_line_gives_back_what_it_was_made_of_but_the_note() -> None:
    lift = Lift("fp", "all", NOON)

    told = list(read_refusals([stop_line(STOP), stop_line(PAUSE), lift_line(lift)]))

    assert told == [replace(STOP, note=""), PAUSE, lift]
    assert "Zoé" not in stop_line(STOP)


def test_a_torn_line_tells_nothing() -> None:
    whole = stop_line(STOP)

    assert (
        list(read_refusals(["", "stop", whole[:20], whole[:-4], "lift fp", "stop fp all who 2026 -"])) == []
    )


def test_the_last_word_of_each_scope_counts_in_whatever_order_files_come() -> None:
    later = Lift("fp", "purpose:thanks", NOON + HOUR)

    assert set(last_words([later, STOP, GONE])) == {later, GONE}


def test_who_was_erased_stays_so_whatever_else_they_refuse() -> None:
    unsubscribed = Suppression("fp", Cause.UNSUBSCRIBED, NOON + 2 * HOUR)

    assert erased([GONE, unsubscribed]) == {"fp"}
    assert erased([GONE, Lift("fp", "purpose:thanks", NOON + 2 * HOUR)]) == {"fp"}
    assert erased([GONE, Lift("fp", "all", NOON + 2 * HOUR)]) == frozenset()
