"""Several dialogues at once: while one relay reads a letter, the next one is written to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from worker.adapters.smtp_dialogue import Talk
from worker.domain.message import Letter
from worker.domain.reply import Reply


def side_by_side(talks: Iterable[Talk]) -> Iterator[tuple[Letter, Reply]]:
    """What is answered in these talks, each led on to its next wait in turn; all are led to their end.

    A caller that leaves early, or an error in one, breaks off the others.
    """
    waiting = deque(talks)
    try:
        while waiting:
            for said in waiting[0]:
                if said is None:
                    waiting.rotate(-1)
                    break
                yield said
            else:
                waiting.popleft()
    finally:
        for talk in waiting:
            talk.close()
