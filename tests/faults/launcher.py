"""`python -m tests.faults.launcher worker`: the product's own process, with what a fault needs put into it.

FAULT_POISON names a file of message keys: whose mail is among them, kills the process that writes it, as a broken
library would. FAULT_TRAP names a file: while it is there, the next beat that has reserved an entry is killed before
it sends the task. FAULT_WITHOUT_LOCK lets a beat tick beside another. A relay that failed, a trial and the place of a
dead worker on the line are waited for a fifth of the usual time, as leases are shorter: who stands idle is not under
faults. FAULT_WITHOUT_GUARD names a guard that this process does not have (mutations.py). FAULT_CLOCK names a file of
seconds by which its clock is off (bent_clock.py).
"""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.faults import bent_clock  # noqa: F401 - before anybody keeps the true one
from worker.__main__ import main
from worker.celery_settings import celery_settings
from worker.domain import relay
from worker.domain.facts import Facts
from worker.domain.message import Letter, MessageKey
from worker.machine import celery_process
from worker.machine.steady_beat import SteadyScheduler
from worker.mail.compose import LetterWriter

_POISON, _TRAP = Path(os.environ["FAULT_POISON"]), Path(os.environ["FAULT_TRAP"])

_HASTE = 5

_compose = LetterWriter.compose
_reserve = SteadyScheduler.reserve


def _deadly(writer: LetterWriter, key: MessageKey, facts: Facts, at: datetime) -> Letter:
    if _POISON.exists() and str(key) in _POISON.read_text().split():
        _die()
    return _compose(writer, key, facts, at)


def _trapped(scheduler: SteadyScheduler, entry: Any) -> Any:
    reserved = _reserve(scheduler, entry)
    if _TRAP.exists():
        _TRAP.unlink()
        _die()
    return reserved


def _without_lock(broker_url: str, ledger_url: str, chores: Mapping[str, float]) -> dict[str, Any]:
    return {**celery_settings(broker_url, ledger_url, chores), "redbeat_lock_key": None}


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _hurry() -> None:
    waits = vars(relay)
    waits["_WAITS"] = tuple(wait / _HASTE for wait in relay.breaker_waits())
    waits["TRIAL"], waits["SLOT"] = relay.TRIAL / _HASTE, relay.SLOT / _HASTE


if __name__ == "__main__":
    _hurry()
    LetterWriter.compose = _deadly  # type: ignore[assignment, method-assign]
    SteadyScheduler.reserve = _trapped
    if os.environ.get("FAULT_WITHOUT_LOCK"):
        vars(celery_process)["celery_settings"] = _without_lock
    with ExitStack() as stack:
        if guard := os.environ.get("FAULT_WITHOUT_GUARD"):
            from tests.faults.mutations import mutation

            stack.enter_context(mutation(guard).carried_out())
        main()
