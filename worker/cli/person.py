"""`apres person show`, `export` and `erase`: what we hold about somebody, and the end of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from worker.cli import wiring
from worker.cli.arguments import Json, Yes
from worker.cli.consent_words import statements_words, verdict_words
from worker.cli.explained import explained
from worker.cli.moments import stamp
from worker.cli.screen import agrees, tell, tell_machine
from worker.cli.speech import say
from worker.cli.words import presence_label, reason_label, state_label, step_label
from worker.domain.errors import Refused
from worker.services.dossier import Dossier, as_values, dossier
from worker.services.erase import erase as erasing
from worker.services.own_data import Attendance
from worker.services.subject import subject

Who = Annotated[
    str,
    typer.Argument(
        metavar="PERSON",
        help=say("Adresse, nom entier ou identifiant.", "Address, whole name or id."),
        show_default=False,
    ),
]
To = Annotated[
    Path | None,
    typer.Option(
        "--to",
        metavar="FILE",
        help=say("Où l’écrire ; sinon à l’écran.", "Where to write it; else to the screen."),
        show_default=False,
    ),
]
At = Annotated[
    datetime | None,
    typer.Option(
        "--at",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        help=say("Les consentements tels qu’à ce moment (UTC).", "Consents as they stood then (UTC)."),
        show_default=False,
    ),
]


@explained(
    "Tout ce que nous savons d’une personne, toutes éditions confondues.",
    "All we hold about a person, over all editions.",
    example="apres person show zoe@example.org",
)
def show(person: Who, *, at: At = None, json: Json = False) -> None:
    """Show what is held about somebody."""
    tools = wiring.tools()
    moment = at.replace(tzinfo=ZoneInfo("UTC")) if at else None
    known = dossier(tools, subject(tools, person), moment)
    if json:
        tell_machine(as_values(known))
    else:
        tell(*_told(known))


def _told(known: Dossier) -> Iterator[str]:
    zone = known.subject.entries[-1][0].meeting.zone if known.subject.entries else ZoneInfo("Europe/Paris")
    if known.holding is None:
        yield say("N’est plus sur aucune liste.", "Is on no list any more.")
    else:
        guest = known.holding.guest
        yield f"{guest.person.name} <{guest.person.address}> · {guest.person.language} · {guest.person.id}"
        for attendance in known.holding.attendances:
            yield from _at(attendance)
    yield ""
    yield say("Consentements :", "Consents:")
    yield from statements_words(known.consents.standing.values(), zone) or ["  –"]
    for refusal in known.refused:
        yield say(
            f"Bloqué : {refusal.scope} ({refusal.cause}), depuis {stamp(refusal.since, zone)} {refusal.note}",
            f"Suppressed: {refusal.scope} ({refusal.cause}), since {stamp(refusal.since, zone)} {refusal.note}",
        ).strip()
    yield verdict_words(known.consents.verdict)


def _at(attendance: Attendance) -> Iterator[str]:
    guest = attendance.guest
    about = [guest.organisation, guest.sector, *guest.interests]
    words = [presence_label(guest.presence), *(word for word in about if word)]
    yield f"{attendance.edition.id} : {', '.join(words)}"
    for record in attendance.messages:
        yield f"  {step_label(record.key.step)} : {state_label(record.state)} ({reason_label(record.reason)})"
    for key, _ in attendance.drafts:
        label = step_label(key.step)
        yield say(f"  {label} : réécrit pour cette personne", f"  {label}: rewritten for this person")
    for answer in attendance.answers:
        yield f"  {answer.meeting} : {answer.partstat} {answer.comment}".rstrip()


@explained(
    "Tout ce que nous savons d’une personne, en JSON, pour le lui remettre.",
    "All we hold about a person as JSON, to be handed to them.",
    example="apres person export zoe@example.org --to zoe.json",
)
def export(person: Who, *, to: To = None) -> None:
    """Write what is held about somebody into a file."""
    tools = wiring.tools()
    values = as_values(dossier(tools, subject(tools, person)))
    if to is None:
        tell_machine(values)
        return
    text = json.dumps(values, ensure_ascii=False, indent=2, default=_plain)
    try:
        with os.fdopen(
            os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text + "\n")
    except OSError as error:
        raise Refused(
            say(f"impossible d’écrire {to} ({error.strerror})", f"cannot write {to} ({error.strerror})")
        ) from error
    tell(say(f"C’est fait : {to}", f"Done: {to}"))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


@explained(
    "Effacer une personne : plus rien ne part, et il ne reste que l’empreinte de son adresse.",
    "Erase a person: nothing more leaves, and only the fingerprint of their address stays.",
    example="apres person erase zoe@example.org",
)
def erase(person: Who, *, yes: Yes = False) -> None:
    """Erase somebody for good."""
    tools = wiring.tools()
    who = subject(tools, person)
    question = say(
        "Effacer cette personne pour toujours, de toutes les éditions ?",
        "Erase this person for good, from all editions?",
    )
    if not (yes or agrees(question)):
        raise Refused(say("rien n’est changé", "nothing is changed"))
    stopped = erasing(tools, who)
    tell(
        say(
            f"C’est fait. Mails prévus qui ne partent plus : {stopped}.",
            f"Done. Planned mails that will not leave: {stopped}.",
        ),
        say(
            "À vous encore : vos fichiers (listes, tableurs), votre boîte aux lettres, les sauvegardes que vous gardez "
            "ailleurs. Voir docs/privacy.md.",
            "Left to you: your own files (lists, spreadsheets), your mailbox, backups you keep elsewhere. "
            "See docs/privacy.md.",
        ),
    )
