"""`apres mails`: the mails kept aside for a person, until somebody has looked at them."""

from __future__ import annotations

from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import Json
from worker.cli.explained import explained
from worker.cli.screen import tell, tell_machine
from worker.cli.speech import language, say
from worker.domain.inbound import Aside
from worker.domain.notice import HOUSE
from worker.services.answer_by_hand import looked_at
from worker.services.answer_words import why_words
from worker.services.tools import Tools

Looked = Annotated[
    list[str] | None,
    typer.Option("--looked-at", metavar="MAIL", help=say("Ce mail est vu.", "This mail has been looked at.")),
]


@explained(
    "Les mails reçus que le programme ne sait pas décider seul : de qui, et pourquoi.",
    "Mails that came in and that the program cannot decide alone: from whom, and why.",
    example="apres mails   ·   apres mails --looked-at m3kq7zt2ab",
)
def mails(*, looked: Looked = None, json: Json = False) -> None:
    """List what is kept aside, or take it off the list."""
    tools = wiring.tools()
    for mail in looked or ():
        looked_at(tools, mail)
    waiting = tools.store.kept_aside()
    if json:
        tell_machine([aside_data(one) for one in waiting])
    elif not waiting:
        tell(say("Rien à lire.", "Nothing to be read."))
    else:
        _show(tools, waiting)


def _show(tools: Tools, waiting: tuple[Aside, ...]) -> None:
    tell(say("À lire (dossier des mails mis de côté) :", "To be read (in the folder of mails kept aside):"))
    for one in waiting:
        tell(aside_sentence(one, _name(tools, one.person)))
    example = waiting[0].mail
    tell(
        "",
        say(
            f"Une fois lu : apres mails --looked-at {example}",
            f"Once read: apres mails --looked-at {example}",
        ),
    )


def aside_sentence(one: Aside, name: str) -> str:
    """The mail, whose it is as far as we know, and why it waits."""
    who = name or one.sender
    colon = say(" : ", ": ")
    return f"  {one.mail}  {who}{colon}{why_words(one.why, language())} « {one.subject} »"


def aside_data(one: Aside) -> dict[str, object]:
    """The same for machines."""
    return {
        "mail": one.mail,
        "why": one.why,
        "received": one.received,
        "meeting": one.meeting,
        "person": one.person,
        "sender": one.sender,
        "subject": one.subject,
    }


def _name(tools: Tools, person: str) -> str:
    """As the newest list that knows them has it."""
    for edition in reversed(tools.store.editions_at_work()) if person else ():
        if edition != HOUSE and (found := tools.store.guests(edition, [person]).get(person)):
            return found.person.name or found.person.address
    return ""
