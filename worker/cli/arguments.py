"""Arguments and options that several commands share, each with its help."""

from __future__ import annotations

from typing import Annotated

import typer

from worker.cli.speech import say

EditionName = Annotated[
    str,
    typer.Argument(
        metavar="EDITION",
        help=say(
            "Le fichier de l’édition (cafe-12.toml) ou son nom (cafe-12).",
            "The edition's file (cafe-12.toml) or its name (cafe-12).",
        ),
        show_default=False,
    ),
]

Json = Annotated[
    bool, typer.Option("--json", help=say("Pour les machines : du JSON.", "For machines: JSON."))
]

Yes = Annotated[bool, typer.Option("--yes", "-y", help=say("Ne pas demander confirmation.", "Do not ask."))]
