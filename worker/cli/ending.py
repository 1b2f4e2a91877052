"""How a command ends: its exit code, and what is said when it ends badly.

0 done; 1 done, and something needs you; 2 refused, with the sentence that says why; 130 interrupted; 70 our own
mistake, with the place of its log.
"""

from __future__ import annotations

import os
from pathlib import Path

from worker.cli.french import in_french
from worker.cli.screen import complain
from worker.cli.speech import language, say
from worker.domain.errors import ApresError
from worker.domain.mishap import told_of

REFUSED, OUR_MISTAKE, INTERRUPTED = 2, 70, 130


def exit_code(error: Exception) -> int:
    """Say what happened, in one sentence, and give the exit code it earns."""
    if isinstance(error, ApresError):
        complain(str(error) if language() == "en" else in_french(error))
        return REFUSED
    if type(error).__module__.startswith("redis."):
        complain(
            say(
                f"Redis ne répond pas comme il faut : {error}. Vérifiez qu’il tourne (APRES_REDIS_URL).",
                f"Redis does not answer as it should: {error}. See that it runs (APRES_REDIS_URL).",
            )
        )
        return REFUSED
    complain(
        say(
            f"Imprévu, et c’est notre faute ({type(error).__name__}). Le détail est dans {_log(error)}",
            f"Unexpected, and our mistake ({type(error).__name__}). The details are in {_log(error)}",
        )
    )
    return OUR_MISTAKE


def _log(error: Exception) -> Path:
    """Write the traceback, without anybody's words, where the other logs are; gives the place."""
    log = Path(os.environ.get("APRES_DATA") or "apres-data").absolute() / "logs" / "apres.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{told_of(error)}\n")
    return log
