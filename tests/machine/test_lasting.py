"""What a process has once it is ready is searched no more; what comes later still is."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from weakref import ref

import pytest

from worker.machine.lasting import keep_for_good


class _Ring:
    """Something that holds itself, so that only a search ends it."""

    def __init__(self) -> None:
        self.held = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    known = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*known)


def test_what_was_there_is_searched_no_more_and_what_comes_still_is() -> None:
    early = _Ring()
    keep_for_good()
    late = _Ring()
    there, gone = ref(early), ref(late)
    del early, late

    gc.collect()

    assert there() is not None
    assert gone() is None


def test_a_batch_of_mails_begins_no_search() -> None:
    keep_for_good()
    searched = gc.get_stats()[0]["collections"]

    kept = [[number] for number in range(5_000)]

    assert gc.get_stats()[0]["collections"] == searched
    assert len(kept) == 5_000
