"""The Lua scripts: read once, each behind the prelude, with the lifecycle's table written in front."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from redis import Redis
from redis.commands.core import Script

from worker.domain.lifecycle import TRANSITIONS

_FOLDER = Path(__file__).with_name("lua")
NAMES = ("plan", "claim", "open_gate", "settle", "reap", "resolve", "steer", "leap")


@cache
def source(name: str) -> str:
    """The whole text of a script, as Redis gets it."""
    prelude, body = ((_FOLDER / f"{part}.lua").read_text(encoding="utf-8") for part in ("prelude", name))
    return f"{_table()}\n{prelude}\n{body}"


def _table() -> str:
    rows = (
        f"{before} = {{ {', '.join(f'{state} = true' for state in sorted(after))} }}"
        for before, after in TRANSITIONS.items()
    )
    return f"local ALLOWED = {{ {', '.join(rows)} }}"


def register(client: Redis) -> dict[str, Script]:
    """Every script, bound to a client; redis-py loads it again by itself after a restart of the server."""
    return {name: client.register_script(source(name)) for name in NAMES}
