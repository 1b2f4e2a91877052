"""`python -m tests.bench.discretion`: what it costs a mail to be looked at for others' names, among 10,000 people."""

from __future__ import annotations

import gc
import time
from dataclasses import replace

from tests.bench.figures import Report
from tests.crowd import crowd
from tests.mail.test_discretion import AT, KINDS, facts, writer
from tests.sample import cafe
from worker.domain.circle import Circle
from worker.domain.errors import Unsettled, WouldTell
from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.mail.compose import LetterWriter

_PEOPLE, _EVERY, _RUNS = 10_000, 20, 5


def main() -> None:
    """Some of the people are written each mail, with and without the look; nobody is held back."""
    report, people, edition = Report(), crowd(_PEOPLE), cafe(12)
    began = time.process_time()
    circle = Circle(edition, people)
    report.tell("circle_ms", [(time.process_time() - began) * 1e3])
    for step in KINDS:
        work = [facts(edition, people, number, circle, step) for number in range(0, _PEOPLE, _EVERY)]
        plain = [replace(known, circle=None) for known in work]
        letters = writer()
        _us(letters, step, work)  # prepares the frames
        costs = [_us(letters, step, work) - _us(letters, step, plain) for _ in range(_RUNS)]
        report.tell(f"discretion_us.{step}", costs, goal="goal ≤ 50")


def _us(letters: LetterWriter, step: str, work: list[Facts]) -> float:
    gc.collect()
    began = time.process_time()
    for known in work:
        try:
            letters.compose(MessageKey(known.edition.id, step, known.guest.person.id), known, AT)
        except WouldTell as error:
            raise Unsettled(f"{known.guest.person.id} is held back for nothing: {error}") from None
    return (time.process_time() - began) / len(work) * 1e6


if __name__ == "__main__":
    main()
