"""When standing still is a stall."""

from __future__ import annotations

from worker.domain.stall import Pulse, Vigil

AFTER = 60.0
STILL = Pulse(in_hand=0, last_move="7")


def watched(*looks: tuple[float, int, Pulse]) -> Vigil:
    vigil = Vigil()
    for now, waiting, pulse in looks:
        vigil = vigil.look(waiting, pulse, now)
    return vigil


def test_work_that_waits_while_nothing_moves_is_a_stall_after_a_while() -> None:
    vigil = watched((0.0, 3, STILL), (30.0, 3, STILL), (60.0, 4, STILL))

    assert not vigil.stalled(59.9, AFTER)
    assert vigil.stalled(60.0, AFTER)


def test_a_letter_in_somebodys_hands_is_waited_for() -> None:
    busy = Pulse(in_hand=1, last_move="7")

    assert not watched((0.0, 3, STILL), (30.0, 3, busy), (59.0, 3, STILL)).stalled(70.0, AFTER)
    assert not watched((0.0, 3, busy), (600.0, 3, busy)).stalled(600.0, AFTER)


def test_every_move_begins_the_watch_anew() -> None:
    vigil = watched((0.0, 3, STILL), (50.0, 3, Pulse(0, "8")))

    assert not vigil.stalled(100.0, AFTER)
    assert vigil.stalled(110.0, AFTER)


def test_without_work_nothing_stands_still() -> None:
    assert not watched((0.0, 3, STILL), (30.0, 0, STILL)).stalled(1000.0, AFTER)
