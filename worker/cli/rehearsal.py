"""`apres demo`, which lives in a room of its own with much to import: fetched only when asked for."""

from __future__ import annotations

import typer

from worker.cli.explained import explained


@explained(
    "Une répétition générale : toute une campagne en moins d’une minute, sur cette machine, avec des gens inventés.",
    "A dress rehearsal: a whole campaign in under a minute, on this machine, with invented people.",
    example="apres demo --help",
)
def demo(context: typer.Context) -> None:
    """Hand the rest of the line to the rehearsal's own command."""
    from worker.demo.command import demo as rehearse  # noqa: PLC0415 - slow to import

    stage = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    stage.command()(rehearse)
    raise typer.Exit(stage(context.args, prog_name="apres demo", standalone_mode=False) or 0)


#: So that the options reach the rehearsal, its --help included.
PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
