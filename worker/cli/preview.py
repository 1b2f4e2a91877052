"""`apres preview`: the mails of a plan as files, and one page to leaf through them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName
from worker.cli.explained import explained
from worker.cli.screen import tell
from worker.cli.speech import counted, say
from worker.domain.errors import Refused
from worker.services.preview import Sample, samples
from worker.services.report import find_guest

Folder = Annotated[
    Path | None,
    typer.Option(
        "--to",
        metavar="FOLDER",
        help=say("Où écrire ; sinon dans le dossier de données.", "Where to write; else in the data folder."),
        show_default=False,
    ),
]
Person = Annotated[
    str | None,
    typer.Option(
        "--person",
        metavar="PERSON",
        help=say("Seulement les mails de cette personne.", "Only this person's mails."),
        show_default=False,
    ),
]


@explained(
    "Écrire les mails exacts, un fichier .eml chacun, et une page pour les feuilleter.",
    "Write the exact mails, an .eml file each, and a page to leaf through them.",
    example="apres preview cafe-12 --person zoe@example.org --to apercu",
)
def preview(edition: EditionName, *, to: Folder = None, person: Person = None) -> None:
    """Write the exact bytes that would leave, one .eml a message, and the gallery."""
    tools, known = wiring.tools(), wiring.edition(edition)
    who = find_guest(tools.store, known.id, person).person.id if person else None
    drawn = list(samples(tools, known, who))
    if not drawn:
        raise Refused(
            say(
                f"il n’y a aucun mail à montrer : voyez pourquoi avec apres plan {known.id}",
                f"there is no mail to show: see why with apres plan {known.id}",
            )
        )
    from worker.cli.gallery import gallery  # noqa: PLC0415 - icalendar is slow to import

    folder = to or wiring.data() / "previews" / known.id
    _write(folder, drawn)
    (folder / "index.html").write_text(gallery(known, drawn), encoding="utf-8")
    _report(folder, drawn)


def _write(folder: Path, drawn: list[Sample]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{drawn[0].wanted.key.edition}.*.eml"):  # of people who left the plan since
            old.unlink()
        for sample in drawn:
            if sample.letter:
                (folder / f"{sample.wanted.key}.eml").write_bytes(sample.letter.content)
    except OSError as error:
        raise Refused(
            say(
                f"impossible d’écrire dans {folder} ({error.strerror}) : choisissez un autre dossier avec --to",
                f"cannot write into {folder} ({error.strerror}): choose another folder with --to",
            )
        ) from error


def _report(folder: Path, drawn: list[Sample]) -> None:
    failed = [sample for sample in drawn if sample.letter is None]
    written = counted(len(drawn) - len(failed), "mail", "mail")
    page = (folder / "index.html").absolute().as_uri()
    tell(say(f"{written} à lire : {page}", f"{written} to read: {page}"))
    own = [sample.wanted.key for sample in drawn if sample.is_own]
    if own:
        listed = ", ".join(map(str, own))
        tell(say(f"Réécrits pour une personne : {listed}", f"Rewritten for one person: {listed}"))
    for sample in failed:
        tell(
            say(
                f"{sample.wanted.key} ne peut pas être composé : {sample.failure}",
                f"{sample.wanted.key} cannot be composed: {sample.failure}",
            )
        )
    if failed:
        raise typer.Exit(1)
