"""`apres feed`: the calendar of a series as files, for a web server to serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.explained import explained
from worker.cli.screen import tell
from worker.cli.speech import counted, say

Named = Annotated[
    str,
    typer.Argument(
        metavar="SERIES",
        help=say("La série (cafe), ou l’une de ses éditions.", "The series (cafe), or one of its editions."),
        show_default=False,
    ),
]
Folder = Annotated[
    Path, typer.Option("--to", help=say("Le dossier que sert le site.", "The folder that the site serves."))
]


@explained(
    "L’agenda de la série, un fichier .ics par langue : on s’y abonne, personne n’y est nommé.",
    "The calendar of the series, an .ics file for each language: to subscribe to, nobody is named in it.",
    example="apres feed cafe --to /var/www/cafe",
)
def feed(series: Named, *, to: Folder = Path()) -> None:
    """Write the files."""
    written = wiring.write_feed(wiring.edition_name(series), to)
    for path, (changed, meetings) in written.items():
        number = counted(meetings, "rencontre", "meeting")
        fate = say("écrit", "written") if changed else say("inchangé", "unchanged")
        tell(f"{path} · {number} · {fate}")
