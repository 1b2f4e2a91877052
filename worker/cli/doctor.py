"""`apres doctor`: what is well, what is not and how to put it right; the DNS records that mails need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from worker.cli.arguments import Json
from worker.cli.doctor_words import purpose, remedy, sentence
from worker.cli.explained import explained
from worker.cli.screen import screen, tell, tell_machine
from worker.cli.speech import say
from worker.domain.diagnosis import Diagnosis, Verdict
from worker.domain.dns_records import Record, in_zone_file

_MARKS = {Verdict.GOOD: "✓", Verdict.WARNING: "!", Verdict.WRONG: "✗", Verdict.UNKNOWN: "?"}
_STYLES = {Verdict.GOOD: "green", Verdict.WARNING: "yellow", Verdict.WRONG: "red", Verdict.UNKNOWN: "dim"}

Resolver = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS",
        help=say(
            "Un autre serveur DNS que celui de la machine.", "Another DNS server than the machine's own."
        ),
        show_default=False,
    ),
]


@explained(
    "Tout regarder, des réglages au DNS, et dire comment réparer. N’envoie rien.",
    "Look at everything, from the settings to DNS, and say how to repair it. Sends nothing.",
    example="apres doctor",
)
def doctor(*, resolver: Resolver = "", json: Json = False) -> None:
    """Every finding with its remedy, then the DNS records; exit code 1 while something is wrong."""
    from worker import bootstrap  # noqa: PLC0415 - slow to import
    from worker.machine.doctor import examine  # noqa: PLC0415 - likewise
    from worker.machine.doctor_dns import records  # noqa: PLC0415 - likewise

    if json:
        found = list(examine(resolver))
        tell_machine(
            {
                "findings": list(map(_as_data, found)),
                "dns": list(map(_as_line, records(bootstrap.settings()))),
            }
        )
    else:
        found = []
        for one in examine(resolver):
            found.append(one)
            _show(one)
        _show_records(records(bootstrap.settings()))
        _show_sum(found)
    if any(one.verdict is Verdict.WRONG for one in found):
        raise typer.Exit(1)


def _show(one: Diagnosis) -> None:
    console = screen()
    console.print(f"{_MARKS[one.verdict]} {sentence(one)}", style=_STYLES[one.verdict], soft_wrap=True)
    if remedy(one):
        console.print(f"    → {remedy(one)}", soft_wrap=True)


def _show_records(wanted: Sequence[Record]) -> None:
    tell("", say("À publier dans le DNS :", "To be published in DNS:"), style="bold")
    console = screen()
    for record in wanted:
        console.print(f"; {purpose(record)}", style="dim", soft_wrap=True)
        console.print(in_zone_file(record), soft_wrap=True)
    note = say(
        "Le nom inverse (PTR) de l’adresse qui envoie revient à votre fournisseur. Détails : docs/deliverability.md",
        "The reverse name (PTR) of the sending address is your provider's to set. Details: docs/deliverability.md",
    )
    console.print(f"; {note}", style="dim", soft_wrap=True)


def _show_sum(found: Sequence[Diagnosis]) -> None:
    bad = sum(one.verdict is Verdict.WRONG for one in found)
    weak = sum(one.verdict is Verdict.WARNING for one in found)
    tell(
        "",
        say(f"À réparer : {bad}. À améliorer : {weak}.", f"To repair: {bad}. To improve: {weak}."),
    )


def _as_data(one: Diagnosis) -> dict[str, object]:
    return {
        "part": one.part,
        "finding": one.finding,
        "verdict": one.verdict,
        "says": sentence(one),
        "remedy": remedy(one),
        "details": dict(one.details),
    }


def _as_line(record: Record) -> dict[str, str]:
    return {
        "for": record.purpose,
        "name": record.name,
        "type": record.kind,
        "value": record.value,
        "line": in_zone_file(record),
    }
