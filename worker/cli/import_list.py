"""`apres guests import`: bring a guest list in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName, Json, Yes
from worker.cli.difference import adjust, adjust_quietly
from worker.cli.explained import explained
from worker.cli.import_words import import_data, show_import
from worker.cli.screen import tell, tell_machine
from worker.cli.speech import say
from worker.domain.errors import Refused
from worker.domain.guest_rows import Outcome
from worker.services.import_guests import import_guests, judge_guests

ListFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help=say("Un .csv ou un .xlsx.", "A .csv or .xlsx."),
        show_default=False,
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="HEADING=FIELD",
        help=say(
            "Dire ce qu’est une colonne : address, name, first_name, last_name, presence, status, language, "
            "organisation, sector, interests, table, languages, introduced, opted_out. Peut être répété.",
            "Say what a column is: address, name, first_name, last_name, presence, status, language, "
            "organisation, sector, interests, table, languages, introduced, opted_out. May be repeated.",
        ),
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=say("Ne rien enregistrer.", "Keep nothing."))]


@explained(
    "Lire une liste d’invités, CSV ou Excel, telle que le logiciel l’a écrite. Chaque ligne est comptée une fois : "
    "gardée, fusionnée, à corriger, refus. Recommencer ne change rien.",
    "Read a guest list, CSV or Excel, as any program writes it. Each row is counted once: kept, merged, to put right, "
    "opted out. Doing it again changes nothing.",
    example='apres guests import cafe-12.toml invites.csv --map "Courriel pro=address"',
)
def import_(
    edition: EditionName,
    file: ListFile,
    *,
    columns: Columns = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Keep the people of a file and re-plan an armed campaign; exit code 1 while a row is to be put right."""
    tools, known = wiring.tools(), wiring.edition(edition)
    rows = wiring.guest_table(file)
    keep = judge_guests if dry_run else import_guests
    report = keep(tools, known.id, rows, mapping=dict(_column(told) for told in columns or ()))
    if json:
        done = dry_run or adjust_quietly(tools, known, yes=yes)
        tell_machine(import_data(report) | {"approved": done})
    elif dry_run:
        done = True
        show_import(report)
        tell(say("C’était un essai : rien n’est enregistré.", "This was a trial: nothing is kept."))
    else:
        show_import(report)
        done = adjust(tools, known, yes=yes)
    if report.counts()[Outcome.TO_FIX] or not done:
        raise typer.Exit(1)


def _column(told: str) -> tuple[str, str]:
    heading, equals, field = told.rpartition("=")
    if not equals or not heading.strip() or not field.strip():
        raise Refused(
            say(
                f'--map "{told}" : écrivez --map "Titre de la colonne=address"',
                f'--map "{told}": write --map "Heading of the column=address"',
            )
        )
    return heading.strip(), field.strip()
