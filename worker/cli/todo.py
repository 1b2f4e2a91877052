"""`apres todo`: what needs somebody."""

from __future__ import annotations

import typer

from worker.cli import wiring
from worker.cli.arguments import Json
from worker.cli.explained import explained
from worker.cli.relay_words import relay_sentences
from worker.cli.screen import tell, tell_machine
from worker.cli.speech import say
from worker.cli.words import notice_sentence
from worker.domain.notice import HOUSE, Notice


@explained(
    "Ce qui a besoin de quelqu’un, et quoi faire. Code de sortie 1 tant qu’il reste quelque chose.",
    "What needs somebody, and what to do. Exit code 1 while there is something.",
    example="apres todo",
)
def todo(*, json: Json = False) -> None:
    """Every open matter with what to do about it; exit code 1 while there is one. What slows the relay is told too."""
    store = wiring.tools().store
    notices = store.open_notices()
    if json:
        tell_machine([_as_data(notice) for notice in notices])
    elif not notices:
        tell(say("Rien n’a besoin de vous.", "Nothing needs you."))
    else:
        tell(*(_sentence(notice) for notice in notices))
    if not json:
        tell(*relay_sentences(store.relay_state(), None))
    if notices:
        raise typer.Exit(1)


def _sentence(notice: Notice) -> str:
    where = "" if notice.edition == HOUSE else say(f"{notice.edition} : ", f"{notice.edition}: ")
    return f"• {where}{notice_sentence(notice.kind, notice.edition, notice.details)}"


def _as_data(notice: Notice) -> dict[str, object]:
    return {
        "edition": notice.edition,
        "kind": notice.kind,
        "since": notice.since,
        "details": dict(notice.details),
    }
