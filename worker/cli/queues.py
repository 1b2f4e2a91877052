"""`apres queues`: what waits, how late it is, who is at work; once, or live."""

from __future__ import annotations

import time
from typing import Annotated

import typer
from rich.live import Live

from worker.cli import wiring
from worker.cli.arguments import Json
from worker.cli.explained import explained
from worker.cli.queue_pictures import in_a_line, picture
from worker.cli.queues_data import queues_data
from worker.cli.screen import screen, tell_machine
from worker.cli.speech import say
from worker.services.queues import queues as look
from worker.services.tools import Tools

#: Real seconds between two looks.
_GLANCE = 2.0

Editions = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[EDITION]…",
        help=say("Seulement celles-ci ; sinon toutes.", "Only these; else all."),
        show_default=False,
    ),
]
Follow = Annotated[
    bool,
    typer.Option("--follow", "-f", help=say("Rester, jusqu’à Ctrl-C.", "Stay, until Ctrl-C.")),
]


@explained(
    "Ce qui attend, depuis quand, et qui travaille ; --follow pour rester.",
    "What waits, for how long, and who is at work; --follow to stay.",
    example="apres queues --follow",
)
def queues(editions: Editions = None, *, follow: Follow = False, json: Json = False) -> None:
    """Show editions, lateness, what needs a person, Celery's queues, workers and servers."""
    tools, names = wiring.tools(), tuple(editions or ())
    if follow:
        _follow(tools, names)
    elif json:
        tell_machine(queues_data(look(tools, names)))
    else:
        screen().print(picture(look(tools, names)))


def _follow(tools: Tools, names: tuple[str, ...]) -> None:
    console = screen()
    if not console.is_terminal:
        _follow_in_lines(tools, names)
        return
    with Live(picture(look(tools, names)), console=console, auto_refresh=False) as live:
        while True:
            time.sleep(_GLANCE)
            live.update(picture(look(tools, names)), refresh=True)


def _follow_in_lines(tools: Tools, names: tuple[str, ...]) -> None:
    before = ""
    while True:
        now = in_a_line(look(tools, names))
        if now != before:
            screen().print(now, soft_wrap=True)
        before = now
        time.sleep(_GLANCE)
