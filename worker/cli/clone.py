"""`apres edition clone`: the next edition's file from the last one's. Nothing is armed by it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName
from worker.cli.edition import Start, on_the_wall
from worker.cli.explained import explained
from worker.cli.moments import moment_words
from worker.cli.screen import tell
from worker.cli.speech import say
from worker.services.cloning import clone as clone_of

To = Annotated[
    Path | None,
    typer.Option(
        "--to",
        metavar="FILE",
        help=say("Le fichier à écrire ; sinon cafe-13.toml.", "The file to write; else cafe-13.toml."),
        show_default=False,
    ),
]


@explained(
    "Écrire le fichier de l’édition suivante d’après celle-ci. Rien n’est armé, aucun invité n’est repris.",
    "Write the next edition's file from this one. Nothing is armed, no guest is taken along.",
    example="apres edition clone cafe-12",
)
def clone(edition: EditionName, *, to: To = None, start: Start = None) -> None:
    """The Café that this edition invites to, as an edition of its own."""
    tools, known = wiring.tools(), wiring.edition(edition)
    made = clone_of(tools.store, known, on_the_wall(start, known.meeting.start))
    file = to or Path(f"{made.id}.toml")
    wiring.write_edition(made, file)
    at = moment_words(made.meeting.start, made.meeting.zone)
    tell(
        say(f"{file} : {made.id}, {at}. Rien n’est armé.", f"{file}: {made.id}, {at}. Nothing is armed."),
        say(
            f"Relisez-le, complétez [next], puis : apres guests import {file} …, apres plan {file}",
            f"Read it, fill in [next], then: apres guests import {file} …, apres plan {file}",
        ),
    )
