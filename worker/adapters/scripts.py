"""The Lua scripts: read once, each behind the common parts, with the domain's table and numbers written in front."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import NoScriptError

from worker.adapters.moments import ms
from worker.domain import budget, pace, relay, slowdown
from worker.domain.lifecycle import TRANSITIONS

_FOLDER = Path(__file__).with_name("lua")
NAMES = (
    "plan",
    "claim",
    "open_gate",
    "settle",
    "turn",
    "reap",
    "resolve",
    "steer",
    "leap",
    "reconcile",
    "answer",
    "utter",
    "hear",
    "consent",
    "count_moves",
    "relay_failed",
    "relay_strained",
    "relay_lines",
)

#: What stands in front of every script, in this order.
_BEFORE = ("prelude", "draft", "moves")

#: Scripts that ask how much the relay may be given.
_PACED = frozenset({"claim", "open_gate", "settle", "turn", "relay_failed", "relay_strained", "relay_lines"})

#: Scripts that move no message, and name their keys themselves.
_ALONE = frozenset({"consent"})

#: Scripts that stand in front of another one, as functions of its arguments.
_PARTS = {"turn": ("settle", "open_gate")}


@cache
def source(name: str) -> str:
    """The whole text of a script, as Redis gets it."""
    if name in _ALONE:
        return _text(name)
    before = (*_BEFORE, "pace") if name in _PACED else _BEFORE
    parts = (f"local function {part}(ARGV)\n{_text(part)}\nend" for part in _PARTS.get(name, ()))
    return "\n".join((_table(), _numbers(), *map(_text, before), *parts, _text(name)))


def _text(name: str) -> str:
    return (_FOLDER / f"{name}.lua").read_text(encoding="utf-8")


def _table() -> str:
    rows = (
        f"{before} = {{ {', '.join(f'{state} = true' for state in sorted(after))} }}"
        for before, after in TRANSITIONS.items()
    )
    return f"local ALLOWED = {{ {', '.join(rows)} }}"


def _numbers() -> str:
    numbers = {
        "burst": pace.BURST,
        "gate_burst": pace.GATE_BURST,
        "recovery": slowdown.RECOVERY,
        "echo": slowdown.ECHO,
        "slowest": slowdown.SLOWEST,
        "line_back": slowdown.LINE_BACK,
        "quarter": budget.QUARTER,
        "quarters": budget.QUARTERS,
        "slot": ms(relay.SLOT),
        "trial": ms(relay.TRIAL),
        "longest_wait": ms(relay.LONGEST_WAIT),
        "most_abreast": relay.MOST_ABREAST,
    }
    return f"local PACE = {{ {', '.join(f'{name} = {number}' for name, number in numbers.items())} }}"


class Script:
    """A script on one server, which is given its text again when it does not know it, as after a restart.

    redis-py's own looks at each call whether it stands in a pipeline: a tenth of the price of a call.
    """

    def __init__(self, client: Redis, text: str) -> None:
        """Nothing is sent yet."""
        self._redis: Any = client
        self._text = text
        self._digest = sha1(text.encode()).hexdigest()  # noqa: S324 - as Redis names it; no secret hangs on it

    def __call__(self, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """What it returns."""
        words = "EVALSHA", self._digest, len(keys), *keys, *args
        try:
            return self._redis.execute_command(*words)
        except NoScriptError:
            self._redis.script_load(self._text)
            return self._redis.execute_command(*words)


def register(client: Redis) -> dict[str, Script]:
    """Every script, bound to a client."""
    return {name: Script(client, source(name)) for name in NAMES}
