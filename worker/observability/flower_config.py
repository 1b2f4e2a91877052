"""Flower's settings, for the compose profile of that name: behind a password, and shows no argument of any task.

Wake-ups carry the name of a lane and nothing else; should that ever change, Flower still shows nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

_PASSWORD = Path("/run/secrets/flower_password")

basic_auth = [f"apres:{_PASSWORD.read_text(encoding='utf-8').strip()}"] if _PASSWORD.exists() else ["apres:"]
port = 5555
persistent = False
max_tasks = 1000
tasks_columns = "name,uuid,state,received,started,runtime,worker"


def format_task(task: Any) -> Any:
    """The task without what it was called with and what it gave."""
    task.args = task.kwargs = "…"
    task.result = "…"
    return task
