"""Several dialogues at once: while one relay reads a letter, the next one is written to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from worker.adapters.smtp_dialogue import Talk
from worker.domain.message import Letter
from worker.domain.reply import Reply


def side_by_side(talks: Iterable[Talk]) -> Iterator[tuple[Letter, Reply]]:
    """What is answered in these talks, each led on to its next wait in turn, there and back; all are led to their end.

    So whoever was written to last is waited for first: by then the others are mostly answered, and one wait serves all.
    A caller that leaves early, or an error in one, breaks off the others.
    """
    waiting = list(talks)
    try:
        while waiting:
            waiting.reverse()
            for talk in tuple(waiting):
                for said in talk:
                    if said is None:
                        break
                    yield said
                else:
                    waiting.remove(talk)
    finally:
        for talk in waiting:
            talk.close()
