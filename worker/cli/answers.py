"""`apres answers`: who comes, what waits to be read, and what an organizer heard themselves."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName, Json
from worker.cli.explained import explained
from worker.cli.moments import moment_words, stamp
from worker.cli.people import everybody, name_of
from worker.cli.screen import screen, table, tell, tell_machine
from worker.cli.speech import language, say
from worker.domain.answer import Partstat, Tally
from worker.domain.errors import Refused
from worker.domain.inbound import Aside
from worker.services.answer_by_hand import looked_at, record_by_hand
from worker.services.answer_sheet import Row, Sheet, Stance, answer_sheet
from worker.services.answer_words import stance_words, why_words
from worker.services.invitations import Invitation, invitation
from worker.services.report import find_guest
from worker.services.tools import Tools

_SAID = {
    "oui": Partstat.ACCEPTED, "yes": Partstat.ACCEPTED, "non": Partstat.DECLINED, "no": Partstat.DECLINED,
    "peut-être": Partstat.TENTATIVE, "peut-etre": Partstat.TENTATIVE, "maybe": Partstat.TENTATIVE,
}  # fmt: skip

Person = Annotated[
    str | None,
    typer.Argument(
        metavar="[PERSON]",
        help=say("Qui a répondu de vive voix.", "Who answered in person."),
        show_default=False,
    ),
]
Said = Annotated[
    str | None,
    typer.Argument(
        metavar="[ANSWER]", help=say("oui, non ou peut-être.", "yes, no or maybe."), show_default=False
    ),
]
Looked = Annotated[
    str | None,
    typer.Option("--looked-at", metavar="MAIL", help=say("Ce mail est vu.", "This mail has been looked at.")),
]


@explained(
    "Qui vient : oui, non, peut-être ; et les mails à lire. Avec une personne et sa réponse, la noter.",
    "Who comes: yes, no, maybe; and the mails to be read. With a person and their answer, record it.",
    example="apres answers cafe-12   ·   apres answers cafe-12 “Zoé Martin” oui",
)
def answers(
    edition: EditionName,
    person: Person = None,
    said: Said = None,
    *,
    looked: Looked = None,
    json: Json = False,
) -> None:
    """Show the answers to an invitation, or record one."""
    tools = wiring.tools()
    invited = invitation(tools.store, wiring.edition_name(edition))
    if looked:
        looked_at(tools, looked)
    if person is not None:
        _record(tools, invited, person, said)
    sheet = answer_sheet(tools, invited)
    if json:
        tell_machine(_as_data(sheet))
    else:
        _show(tools, sheet)


def _record(tools: Tools, invited: Invitation, person: str, said: str | None) -> None:
    partstat = _SAID.get((said or "").casefold())
    if partstat is None:
        raise Refused(say("dites la réponse : oui, non ou peut-être", "say the answer: yes, no or maybe"))
    guest = find_guest(tools.store, invited.edition.id, person)
    record_by_hand(tools, invited, guest.person.id, partstat)


def _show(tools: Tools, sheet: Sheet) -> None:
    invited = sheet.invitation
    at = moment_words(invited.meeting.start, invited.meeting.zone)
    number = invited.meeting.number
    tell(
        say(f"Réponses pour le n° {number}, {at} :", f"Answers for no. {number}, {at}:"),
        tally_words(sheet.tally),
    )
    shown = table(
        say("Nom", "Name"), say("Réponse", "Answer"), say("Reçue", "Received"), say("Remarque", "Comment")
    )
    for row in sheet.rows:
        shown.add_row(*_cells(row, sheet))
    if sheet.rows:
        screen().print(shown)
    if sheet.aside:
        _show_aside(tools, sheet)


def _cells(row: Row, sheet: Sheet) -> tuple[str, str, str, str]:
    guest, said = row.guest.person, stance_words(row.stance, language())
    if row.answer is None:
        return guest.name, said, "", ""
    received = stamp(row.answer.received, sheet.invitation.meeting.zone)
    return guest.name, said, received, row.answer.comment


def _show_aside(tools: Tools, sheet: Sheet) -> None:
    people = everybody(tools, sheet.invitation.edition)
    tell(
        "", say("À lire (dossier des mails mis de côté) :", "To be read (in the folder of mails kept aside):")
    )
    for one in sheet.aside:
        tell(_aside_sentence(one, name_of(people, one.person)))
    example = sheet.aside[0].mail
    named = sheet.invitation.meeting.id
    tell(
        "",
        say(
            f"Une fois lu : apres answers {named} --looked-at {example}",
            f"Once read: apres answers {named} --looked-at {example}",
        ),
    )


def _aside_sentence(one: Aside, name: str) -> str:
    who = name if one.person else one.sender
    colon = say(" : ", ": ")
    return f"  {one.mail}  {who}{colon}{why_words(one.why, language())} « {one.subject} »"


def tally_words(tally: Tally) -> str:
    """« 12 oui, 3 non, 1 peut-être, 4 sans réponse »: what is nought is left out."""
    numbers = asdict(tally)
    told = [f"{numbers[each]} {stance_words(each, language())}" for each in Stance if numbers[each]]
    return ", ".join(told) or say("personne n’est encore invité", "nobody is invited yet")


def _as_data(sheet: Sheet) -> dict[str, object]:
    return {
        "meeting": sheet.invitation.meeting.id,
        "edition": sheet.invitation.edition.id,
        "revision": sheet.invitation.meeting.revision,
        "counts": asdict(sheet.tally),
        "answers": [_row_data(row) for row in sheet.rows],
        "kept_aside": [
            {"mail": one.mail, "why": one.why, "received": one.received, "person": one.person}
            | {"sender": one.sender, "subject": one.subject}
            for one in sheet.aside
        ],
    }


def _row_data(row: Row) -> dict[str, object]:
    told: dict[str, object] = {
        "person": row.guest.person.id,
        "name": row.guest.person.name,
        "answer": row.stance,
    }
    if row.answer is None:
        return told
    return told | {
        "sequence": row.answer.sequence,
        "received": row.answer.received,
        "comment": row.answer.comment,
    }
