"""`python -m tests.faults.launcher worker`: the product's own process, with what a fault needs put into it.

FAULT_POISON names a person whose mail kills the process that writes it, as a broken library would.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime

from worker.__main__ import main
from worker.domain.facts import Facts
from worker.domain.message import Letter, MessageKey
from worker.mail.compose import LetterWriter

_compose = LetterWriter.compose


def _deadly(writer: LetterWriter, key: MessageKey, facts: Facts, at: datetime) -> Letter:
    if facts.guest.person.first_name == os.environ["FAULT_POISON"]:
        os.kill(os.getpid(), signal.SIGKILL)
    return _compose(writer, key, facts, at)


if __name__ == "__main__":
    if os.environ.get("FAULT_POISON"):
        LetterWriter.compose = _deadly  # type: ignore[assignment, method-assign]
    main()
    sys.exit(0)
