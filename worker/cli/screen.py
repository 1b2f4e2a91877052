"""What goes on the screen: sentences and tables for people, JSON for machines, errors on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from worker.cli.speech import say

#: Tables and sentences are meant for this many columns; wider terminals are not filled.
WIDTH = 80


def screen() -> Console:
    """Standard output as it is now; colour only on a terminal that wants it (NO_COLOR), names are never markup."""
    console = Console(highlight=False, markup=False, emoji=False)
    if console.width > WIDTH and console.is_terminal:
        console.width = min(console.width, WIDTH + 20)
    return console


def tell(*sentences: str, style: str | None = None) -> None:
    """One sentence a line."""
    console = screen()
    for sentence in sentences:
        console.print(sentence, style=style)


def complain(sentence: str) -> None:
    """One sentence on standard error."""
    Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True).print(
        sentence, style="red"
    )


def tell_machine(value: Any) -> None:
    """JSON on standard output; moments as ISO 8601, everything else unknown as its text."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n")


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def table(*headings: str) -> Table:
    """An open table that fits the screen; cells are filled with `add_row`."""
    made = Table(
        box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_header=any(headings)
    )
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made


def names(people: Sequence[str]) -> str:
    """Names in the order of the alphabet, separated by commas."""
    return ", ".join(sorted(people, key=str.casefold))


def agrees(question: str) -> bool:
    """Ask a yes-or-no question; anything but a clear yes is a no. Without anybody to answer: no."""
    screen().print(question, say("[o/N]", "[y/N]"), end=" ")
    try:
        answer = input()
    except (EOFError, OSError, RuntimeError):  # the latter two without any standard input
        tell("")
        return False
    return answer.strip().casefold() in {"o", "oui", "y", "yes"}
