"""`apres draft`: one person's mail, rewritten by hand before it leaves."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated, Any

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName, Json
from worker.cli.draft_file import file_of, open_in, read_draft, write_draft
from worker.cli.explained import explained
from worker.cli.screen import screen, tell, tell_machine
from worker.cli.send_test import StepName
from worker.cli.speech import say
from worker.cli.why import PersonName
from worker.domain.errors import ApresError
from worker.domain.message import MessageKey
from worker.domain.own_draft import with_even_lines
from worker.services.own_drafts import Sheet, begun, discard, keep, key_of, sheet
from worker.services.tools import Tools

File = Annotated[
    str | None,
    typer.Option(
        "--file",
        metavar="FILE",
        help=say(
            "Le texte à prendre, sans éditeur ; un tiret lit l’entrée standard.",
            "The text to take, without an editor; a dash reads standard input.",
        ),
        show_default=False,
    ),
]
Discard = Annotated[
    bool, typer.Option("--discard", help=say("Revenir au texte commun.", "Go back to everybody's text."))
]


@explained(
    "Réécrire le mail d’une personne, dans $VISUAL ou $EDITOR. Le plan, les listes et les aperçus le respectent.",
    "Rewrite one person's mail, in $VISUAL or $EDITOR. Plans, lists and previews respect it.",
    example='apres draft cafe-12 thank-you "Zoé Martin"',
)
def draft(
    edition: EditionName,
    step: StepName,
    person: PersonName,
    *,
    file: File = None,
    discard_it: Discard = False,
    json: Json = False,
) -> None:
    """Open the Markdown of one mail, and keep what was made of it."""
    tools, known = wiring.tools(), wiring.edition(edition)
    if discard_it:
        _discard(tools, key_of(tools, known, step, person))
        return
    opened = sheet(tools, known, step, person)
    if file is not None:
        keep(tools, wiring.scribe(), opened, read_draft(file), file)
    elif not json:
        _edit(tools, opened)
        return
    if json:
        tell_machine(_as_data(sheet(tools, known, step, person)))
    else:
        _tell_kept(opened)


def _discard(tools: Tools, key: MessageKey) -> None:
    discard(tools, key)
    file_of(key).unlink(missing_ok=True)
    tell(say(f"{key} part de nouveau avec le texte commun.", f"{key} leaves with everybody's text again."))


def _edit(tools: Tools, opened: Sheet) -> None:
    """In the person's editor; what is refused, or was left there before, stays in its file."""
    before, file = _begun(opened), file_of(opened.key)
    if not file.exists():
        write_draft(file, before)
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        _tell_where(opened.key, file)
        return
    open_in(editor, file)
    text = read_draft(str(file))
    if with_even_lines(text) == before:
        file.unlink()
        tell(say("Rien n’a changé : rien n’est gardé.", "Nothing was changed: nothing is kept."))
        return
    try:
        keep(tools, wiring.scribe(), opened, text, str(file))
    except ApresError:
        _tell_where(opened.key, file)
        raise
    file.unlink()
    _tell_kept(opened)


def _begun(opened: Sheet) -> str:
    """With a word to whoever writes, in a comment that nobody else reads, below the lines for the inbox."""
    text = begun(wiring.scribe(), opened)
    if opened.draft is not None:
        return text
    note = say(
        "{# Ce texte part à cette seule personne. Ce qui est entre {{ }} est rempli à l’envoi, et reste juste si le "
        "Café change. #}",
        "{# This text leaves to this person alone. What stands in {{ }} is filled in when it leaves, and stays true if "
        "the Café changes. #}",
    )
    return text.replace("\n\n", f"\n{note}\n\n", 1)


def _tell_where(key: MessageKey, file: Path) -> None:
    tell(
        say(f"Le texte est ici : {file}", f"The text is here: {file}"),
        say("Modifiez-le, puis :", "Change it, then:"),
    )
    command = f"  apres draft {key.edition} {key.step} {key.person} --file {shlex.quote(str(file))}"
    screen().print(command, soft_wrap=True)  # to be copied as one line


def _tell_kept(opened: Sheet) -> None:
    key, name = opened.key, opened.guest.person.name
    tell(
        say(f"Gardé : {name} reçoit ce texte ({key}).", f"Kept: {name} gets this text ({key})."),
        say(
            f"Pour le relire : apres preview {key.edition} --person {key.person}",
            f"To read it: apres preview {key.edition} --person {key.person}",
        ),
    )


def _as_data(opened: Sheet) -> dict[str, Any]:
    return {
        "key": str(opened.key),
        "due": opened.wanted.due,
        "is_kept": opened.draft is not None,
        "text": begun(wiring.scribe(), opened),
    }
