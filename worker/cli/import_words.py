"""An import told row by row: what was kept, merged, opted out, and what to put right."""

from __future__ import annotations

from typing import Any

from worker.cli.french import translated
from worker.cli.screen import screen, table, tell
from worker.cli.speech import counted, say
from worker.domain.guest_rows import Outcome, RowResult, Trouble
from worker.services.import_guests import ImportReport

_OUTCOMES = {
    Outcome.KEPT: ("gardées", "kept"),
    Outcome.MERGED: ("fusionnées (la même personne, plus haut)", "merged (the same person, further up)"),
    Outcome.TO_FIX: ("à corriger", "to put right"),
    Outcome.OPTED_OUT: ("refus respectés", "opted out, respected"),
}

_TROUBLES = {
    Trouble.NO_ADDRESS: ("pas d’adresse", "no address"),
    Trouble.BAD_ADDRESS: ("adresse illisible", "address cannot be used"),
    Trouble.UNKNOWN_STATUS: ("statut inconnu", "unknown status"),
    Trouble.NOT_CONFIRMED: ("inscription non confirmée", "registration not confirmed"),
    Trouble.UNKNOWN_PRESENCE: ("présence incompréhensible", "presence not understood"),
    Trouble.UNKNOWN_OPT_OUT: ("refus incompréhensible", "opt-out not understood"),
}


def show_import(report: ImportReport) -> None:
    """The counts, which sum to the file, then each row that is not simply kept."""
    tell(counted(len(report.rows), "ligne lue", "row") + say(f" dans {report.file} :", f" in {report.file}:"))
    shown = table("", "")
    for outcome, number in report.counts().items():
        shown.add_row(f"{number:>5}", say(*_OUTCOMES[outcome]))
    screen().print(shown)
    tell(_people(report), *(_row_sentence(row) for row in report.rows if row.outcome is not Outcome.KEPT))


def _people(report: ImportReport) -> str:
    added, changed, unchanged = len(report.added), len(report.changed), report.unchanged
    return say(
        f"Personnes : {added} en plus, {changed} mises à jour, {unchanged} inchangées.",
        f"People: {added} added, {changed} updated, {unchanged} unchanged.",
    )


def _row_sentence(row: RowResult) -> str:
    where = say(f"  ligne {row.number} : ", f"  row {row.number}: ")
    match row.outcome:
        case Outcome.MERGED:
            return where + say(
                f"même personne que ligne {row.first_row}", f"same person as row {row.first_row}"
            )
        case Outcome.OPTED_OUT:
            return where + say("ne veut pas de mails", "wants no mail")
        case _:
            return where + _trouble(row)


def _trouble(row: RowResult) -> str:
    why = say(*_TROUBLES[row.trouble]) if row.trouble else say("à corriger", "to put right")
    return f"{why} ({say(translated(row.detail), row.detail)})" if row.detail else why


def import_data(report: ImportReport) -> dict[str, Any]:
    """The same for machines; rows by their number in the file."""
    return {
        "file": report.file,
        "counts": {str(outcome): number for outcome, number in report.counts().items()},
        "added": len(report.added),
        "changed": len(report.changed),
        "unchanged": report.unchanged,
        "rows": [
            {"row": row.number, "outcome": row.outcome, "first_row": row.first_row}
            | {"trouble": row.trouble, "detail": row.detail}
            for row in report.rows
        ],
    }
