"""What a process has once it is ready is searched no more; what comes later still is."""

from __future__ import annotations

import subprocess
import sys

#: In a process of its own: a search would find what other tests left.
_PROGRAM = """
import gc
from weakref import ref
from worker.machine.lasting import keep_for_good

class Ring:
    def __init__(self):
        self.held = self  # only a search ends it

early = Ring()
keep_for_good()
late, searches = Ring(), gc.get_stats()[0]["collections"]
kept = [[number] for number in range(50_000)]
print(gc.get_stats()[0]["collections"] - searches)
there, gone = ref(early), ref(late)
del early, late
gc.collect()
print(there() is not None, gone() is None)
"""


def test_what_was_there_is_searched_no_more_what_comes_is_and_a_batch_begins_no_search() -> None:
    run = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)

    assert run.stdout.split() == ["0", "True", "True"]
