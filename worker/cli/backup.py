"""`apres backup` and `apres restore`: everything that cannot be made again, as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from worker.cli import wiring
from worker.cli.arguments import Yes
from worker.cli.explained import explained
from worker.cli.screen import agrees, screen, tell
from worker.cli.speech import counted, say
from worker.domain.errors import Refused

To = Annotated[
    Path, typer.Argument(metavar="FILE", help=say("Où l’écrire.", "Where to write it."), show_default=False)
]
From = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help=say("La sauvegarde.", "The backup."),
        exists=True,
        dir_okay=False,
        show_default=False,
    ),
]
Replace = Annotated[
    bool,
    typer.Option(
        "--replace",
        help=say(
            "Remplacer un registre qui n’est pas vide ; il est sauvegardé d’abord.",
            "Replace a ledger that is not empty; it is backed up first.",
        ),
    ),
]


Refusals = Annotated[
    list[Path] | None,
    typer.Option(
        "--refusals",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help=say(
            "Le rights/refusals.log d’une autre machine ; peut être répété.",
            "Another machine's rights/refusals.log; may be repeated.",
        ),
        show_default=False,
    ),
]


@explained(
    "Sauvegarder les éditions, les personnes, leurs choix et le registre des envois, même pendant les envois.",
    "Back up editions, people, their choices and the ledger of what was sent, even while mails leave.",
    example="apres backup apres-2026-12-09.backup",
)
def backup(file: To) -> None:
    """Write everything that cannot be made again into one file."""
    with Progress(console=screen(), transient=True) as bars:
        task = bars.add_task(say("Sauvegarde", "Backup"))
        kept = wiring.back_up(file, lambda done, total: bars.update(task, completed=done, total=total))
    tell(
        say(
            f"C’est fait : {counted(kept, 'clé', 'key')} dans {file}. Il y a des adresses : gardez-le en lieu sûr.",
            f"Done: {counted(kept, 'key', 'key')} in {file}. It holds addresses: keep it in a safe place.",
        )
    )


@explained(
    "Remettre une sauvegarde en place. Rien ne part avant apres reconcile.",
    "Put a backup back. Nothing leaves before apres reconcile.",
    example="apres restore apres-2026-12-09.backup",
)
def restore(file: From, *, replace: Replace = False, refusals: Refusals = None, yes: Yes = False) -> None:
    """Put a backup back, without those who were erased since; sending waits for `apres reconcile`."""
    question = say(f"Remettre {file} en place ?", f"Put {file} back?")
    if not (yes or agrees(question)):
        raise Refused(say("rien n’est changé", "nothing is changed"))
    if replace:
        kept = wiring.set_ledger_aside()
        tell(say(f"Le registre d’avant est dans {kept}", f"The ledger of before is in {kept}"))
    with Progress(console=screen(), transient=True) as bars:
        task = bars.add_task(say("Restauration", "Restore"))
        restored = wiring.restore(
            file, lambda done, total: bars.update(task, completed=done, total=total), refusals or []
        )
    tell(
        say(
            f"C’est fait : {counted(restored, 'clé', 'key')}. Rien ne part avant : apres reconcile",
            f"Done: {counted(restored, 'key', 'key')}. Nothing leaves before: apres reconcile",
        )
    )
