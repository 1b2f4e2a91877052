"""`apres guests mark`: who was there, from pasted text."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName, Yes
from worker.cli.difference import adjust
from worker.cli.explained import explained
from worker.cli.mark_words import question_sentence
from worker.cli.screen import names, tell
from worker.cli.speech import say
from worker.cli.words import presence_label
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.person import Presence
from worker.services.mark_presence import MarkReport, note_presence
from worker.services.tools import Tools

NoteText = Annotated[
    str,
    typer.Argument(
        metavar="TEXT", help=say("Le texte collé, ou - .", "The pasted text, or - ."), show_default=False
    ),
]


@explained(
    "Noter qui était là, en collant du texte ; un tiret lit l’entrée standard. Tout est noté, ou rien.",
    "Mark who was there, from pasted text; a dash reads standard input. All of it is marked, or nothing.",
    example='apres guests mark cafe-12 "présents sauf Luc Martin, + Paul Roy paul@example.org"',
)
def mark(edition: EditionName, text: NoteText, *, yes: Yes = False) -> None:
    """Save presences and re-plan an armed campaign; exit code 1 while somebody is still to be marked."""
    tools, known = wiring.tools(), wiring.edition(edition)
    report = note_presence(tools, known.id, sys.stdin.read() if text == "-" else text)
    if report.questions:
        asked = "\n".join(question_sentence(question) for question in report.questions)
        raise Refused(
            say("rien n’est noté, il reste à préciser :", "nothing is marked, please say:") + f"\n{asked}"
        )
    _show_marks(report)
    done = adjust(tools, known, yes=yes)
    _show_unmarked(tools, known)
    if not done:
        raise typer.Exit(1)


def _show_marks(report: MarkReport) -> None:
    told = Counter(report.marks.values())
    tell(", ".join(f"{number} {presence_label(presence)}" for presence, number in told.items()))
    if report.added:
        added = names([guest.person.name for guest in report.added])
        tell(say(f"Ajouté·es à la liste : {added}", f"Added to the list: {added}"))


def _show_unmarked(tools: Tools, edition: Edition) -> None:
    guests = tools.store.guests(edition.id).values()
    unmarked = [guest.person.name for guest in guests if guest.presence is Presence.UNKNOWN]
    if unmarked:
        tell(say(f"Encore à noter : {names(unmarked)}", f"Still to be marked: {names(unmarked)}"))
        raise typer.Exit(1)
