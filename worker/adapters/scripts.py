"""The Lua scripts: read once, each behind the prelude, with the lifecycle's table written in front."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from redis import Redis
from redis.commands.core import Script

from worker.domain.lifecycle import TRANSITIONS

_FOLDER = Path(__file__).with_name("lua")
NAMES = ("plan", "claim", "open_gate", "settle", "reap", "resolve", "steer", "leap", "turn")

#: Scripts that stand in front of another one, as functions of its arguments.
_PARTS = {"turn": ("settle", "open_gate")}


@cache
def source(name: str) -> str:
    """The whole text of a script, as Redis gets it."""
    parts = (f"local function {part}(ARGV)\n{_text(part)}\nend" for part in _PARTS.get(name, ()))
    return "\n".join((_table(), _text("prelude"), *parts, _text(name)))


def _text(name: str) -> str:
    return (_FOLDER / f"{name}.lua").read_text(encoding="utf-8")


def _table() -> str:
    rows = (
        f"{before} = {{ {', '.join(f'{state} = true' for state in sorted(after))} }}"
        for before, after in TRANSITIONS.items()
    )
    return f"local ALLOWED = {{ {', '.join(rows)} }}"


def register(client: Redis) -> dict[str, Script]:
    """Every script, bound to a client; redis-py loads it again by itself after a restart of the server."""
    return {name: client.register_script(source(name)) for name in NAMES}
