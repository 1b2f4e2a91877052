"""Who says stop, once or twice: SIGTERM and Ctrl-C are one way out, and the second time means at once."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from worker.cli.speech import say

#: Real seconds in which a second signal is an echo of the first: a supervisor that tells a whole group, and then a
#: parent that passes it on. Nobody presses Ctrl-C twice as fast and means it.
ECHO = 0.7

#: Real seconds after the grace for what was in doubt to be recorded, before processes are killed.
MARGIN = 5.0

_STOP = (signal.SIGTERM, signal.SIGINT)


class Ears:
    """Calls `first` at the first signal to stop, `again` at each later one. SIGQUIT never asks politely."""

    def __init__(self, first: Callable[[], None], again: Callable[[], None]) -> None:
        """Nothing is heard before `open`."""
        self._first, self._again = first, again
        self._since = 0.0

    def open(self) -> None:
        """Hear from now on, in place of whoever did. Main thread only."""
        for number in _STOP:
            signal.signal(number, self._on_stop)
        signal.signal(signal.SIGQUIT, lambda _number, _frame: self._again())

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if not self._since:
            self._since = now
            self._first()
        elif now - self._since > ECHO:
            self._again()


@contextmanager
def listening(ears: Ears) -> Iterator[None]:
    """Hear while the block lasts; then signals mean again what they meant before."""
    before = {number: signal.getsignal(number) for number in (*_STOP, signal.SIGQUIT)}
    ears.open()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def stopping_words(grace: float) -> str:
    """What a stop waits for, and how not to."""
    return say(
        f"Arrêt : les mails déjà en route sont attendus {grace:.0f} s au plus, les autres retournent au calendrier. "
        "Ctrl-C encore : arrêt immédiat.",
        f"Stopping: mails already on their way are waited for, {grace:.0f} s at most; the others go back to the "
        "schedule. Ctrl-C again leaves at once.",
    )
