"""Whether this process could do its work now, check by check."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from redis.exceptions import RedisError

from worker import bootstrap
from worker.domain.errors import ApresError
from worker.machine.life import LOOP

#: A check: nothing when it is well, else what is wrong.
Check = Callable[[], str]


def _ledger() -> str:
    held = bootstrap.onlooker().store.ledger().held
    return f"held ({held}): apres reconcile" if held else ""


def _broker() -> str:
    bootstrap.onlooker().servers.queue_lengths()
    return ""


def _loop() -> str:
    return "the main loop stands still" if LOOP.stands_still else ""


def _templates() -> str:
    bootstrap.composer()
    return ""


WORKER: Mapping[str, Check] = {"ledger": _ledger, "broker": _broker, "loop": _loop, "templates": _templates}
BEAT: Mapping[str, Check] = {"ledger": _ledger, "broker": _broker, "loop": _loop}
WEB: Mapping[str, Check] = {"ledger": _ledger}


def readiness(checks: Mapping[str, Check]) -> tuple[bool, dict[str, Any]]:
    """Whether every check is well; and each of them, with its milliseconds, for machines."""
    told = {name: _told(check) for name, check in checks.items()}
    ready = all(one["ok"] for one in told.values())
    return ready, {"ready": ready, "checks": told}


def _told(check: Check) -> dict[str, Any]:
    began = time.perf_counter()
    try:
        wrong = check()
    except (RedisError, OSError, ApresError) as error:
        wrong = f"no answer ({type(error).__name__})"
    took = round((time.perf_counter() - began) * 1000, 1)
    return {"ok": not wrong, "ms": took, **({"because": wrong} if wrong else {})}
