"""The help of a command: what it does in the person's language, then an example to copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from worker.cli.speech import say

Command = TypeVar("Command", bound=Callable[..., Any])


def explained(french: str, english: str, *, example: str) -> Callable[[Command], Command]:
    """Make these words the command's `--help`; its docstring in the source stays for those who read code."""

    def explain(command: Command) -> Command:
        command.__doc__ = f"{say(french, english)}\n\n{say('Exemple :', 'Example:')} {example}"
        return command

    return explain
