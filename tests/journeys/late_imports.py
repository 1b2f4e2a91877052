"""`python -m tests.journeys.late_imports worker`: the product's own process, whose pool tells what it imports.

LATE_IMPORTS names a folder: each pool process writes there, for each task, the modules that came in after the fork.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from celery import signals

from worker.__main__ import main

_INHERITED: set[str] = set()


def _begin(**_: Any) -> None:
    _INHERITED.update(sys.modules)


def _tell(task: Any, **_: Any) -> None:
    late = sorted(set(sys.modules) - _INHERITED)
    path = Path(os.environ["LATE_IMPORTS"]) / f"{os.getpid()}-{task.name}"
    path.write_text("\n".join(late))


# The parent's, kept up to the fork: what Celery itself imports first in a pool process is an import after it too.
os.register_at_fork(after_in_child=_begin)
signals.task_postrun.connect(_tell, weak=False)

if __name__ == "__main__":
    main()
