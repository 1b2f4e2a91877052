"""`apres rsvp`: who comes, how each answered, and what an organizer heard themselves."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName, Json
from worker.cli.explained import explained
from worker.cli.mails import aside_data, aside_sentence
from worker.cli.moments import moment_words, stamp
from worker.cli.people import everybody, name_of
from worker.cli.screen import screen, table, tell, tell_machine
from worker.cli.speech import counted, language, say
from worker.domain.answer import Partstat, Stance, Tally
from worker.domain.errors import Refused
from worker.services.answer_by_hand import record_by_hand
from worker.services.answer_sheet import Row, Sheet, answer_sheet
from worker.services.answer_words import stance_words, via_words
from worker.services.invitations import Invitation, invitation
from worker.services.report import find_guest
from worker.services.tools import Tools

_SAID = {
    "oui": Partstat.ACCEPTED, "yes": Partstat.ACCEPTED, "non": Partstat.DECLINED, "no": Partstat.DECLINED,
    "peut-être": Partstat.TENTATIVE, "peut-etre": Partstat.TENTATIVE, "maybe": Partstat.TENTATIVE,
}  # fmt: skip

_COLUMNS = ("person", "name", "address", "answer", "how", "received", "sequence", "comment")
#: What a spreadsheet takes for the beginning of a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")

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
Csv = Annotated[bool, typer.Option("--csv", help=say("Pour un tableur : du CSV.", "For a spreadsheet: CSV."))]


@explained(
    "Qui vient : oui, non, peut-être, et comment chacun l’a dit. Avec une personne et sa réponse, la noter.",
    "Who comes: yes, no, maybe, and how each of them said so. With a person and their answer, record it.",
    example="apres rsvp cafe-12   ·   apres rsvp cafe-12 “Zoé Martin” oui",
)
def rsvp(
    edition: EditionName,
    person: Person = None,
    said: Said = None,
    *,
    as_csv: Csv = False,
    json: Json = False,
) -> None:
    """Show the answers to an invitation, or record one."""
    tools = wiring.tools()
    invited = invitation(tools.store, wiring.edition_name(edition))
    if as_csv and json:
        raise Refused(say("--csv ou --json, pas les deux", "--csv or --json, not both"))
    if person is not None:
        _record(tools, invited, person, said)
    sheet = answer_sheet(tools, invited)
    if json:
        tell_machine(_as_data(sheet))
    elif as_csv:
        _write_csv(sheet)
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
    if invited.meeting.called_off:
        tell(say("Ce Café a été annulé.", "This Café was called off."))
    shown = table(
        say("Nom", "Name"),
        say("Réponse", "Answer"),
        say("Comment", "How"),
        say("Reçue", "Received"),
        say("Remarque", "Comment"),
    )
    for row in sheet.rows:
        shown.add_row(*_cells(row, sheet))
    if sheet.rows:
        screen().print(shown)
    if sheet.aside:
        _show_aside(tools, sheet)


def _cells(row: Row, sheet: Sheet) -> tuple[str, str, str, str, str]:
    guest, said = row.guest.person, stance_words(row.stance, language())
    if row.answer is None:
        return guest.name, said, "", "", ""
    received = stamp(row.answer.received, sheet.invitation.meeting.zone)
    return guest.name, said, via_words(row.answer.via, language()), received, row.answer.comment


def _show_aside(tools: Tools, sheet: Sheet) -> None:
    people = everybody(tools, sheet.invitation.edition)
    number = counted(len(sheet.aside), "mail", "mail")
    tell("", say(f"À lire, {number} (apres mails) :", f"To be read, {number} (apres mails):"))
    for one in sheet.aside:
        tell(aside_sentence(one, name_of(people, one.person) if one.person else ""))


def tally_words(tally: Tally) -> str:
    """« 12 oui, 3 non, 1 peut-être, 4 sans réponse »: what is nought is left out."""
    numbers = asdict(tally)
    told = [f"{numbers[each]} {stance_words(each, language())}" for each in Stance if numbers[each]]
    return ", ".join(told) or say("personne n’est encore invité", "nobody is invited yet")


def _write_csv(sheet: Sheet) -> None:
    """RFC 4180. Names and comments come from outside: none of them becomes a formula."""
    written = csv.writer(sys.stdout, lineterminator="\r\n")
    written.writerow(_COLUMNS)
    for row in sheet.rows:
        told = _row_data(row) | {"address": row.guest.person.address}
        written.writerow([_cell(told.get(column)) for column in _COLUMNS])


def _cell(value: object) -> str:
    text = "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if text.startswith(_FORMULAS) else text


def _as_data(sheet: Sheet) -> dict[str, object]:
    return {
        "meeting": sheet.invitation.meeting.id,
        "edition": sheet.invitation.edition.id,
        "revision": sheet.invitation.meeting.revision,
        "called_off": sheet.invitation.meeting.called_off,
        "counts": asdict(sheet.tally),
        "answers": [_row_data(row) for row in sheet.rows],
        "kept_aside": [aside_data(one) for one in sheet.aside],
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
        "how": row.answer.via,
        "sequence": row.answer.sequence,
        "received": row.answer.received,
        "comment": row.answer.comment,
    }
