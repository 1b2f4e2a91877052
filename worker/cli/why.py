"""`apres why`: every decision taken about somebody, one sentence each, oldest first."""

from __future__ import annotations

from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName, Json
from worker.cli.explained import explained
from worker.cli.moments import moment_words, stamp
from worker.cli.screen import tell, tell_machine
from worker.cli.speech import language, say
from worker.cli.words import presence_label, reason_label, state_label, step_label
from worker.domain.answer import Answer, stance
from worker.domain.edition import Edition, Meeting
from worker.domain.ledger import Entry, Record
from worker.domain.lifecycle import WAITING, State
from worker.domain.plan import Decision, Unwanted
from worker.domain.reason import Reason
from worker.services.answer_words import stance_words
from worker.services.report import Story, story
from worker.services.tools import Tools

PersonName = Annotated[
    str,
    typer.Argument(
        metavar="PERSON", help=say("Nom, adresse ou identifiant.", "Name, address or id."), show_default=False
    ),
]


@explained(
    "Tout ce qui a été décidé pour une personne, une phrase par décision.",
    "Everything decided about a person, a sentence each.",
    example='apres why cafe-12 "Zoé Martin"',
)
def why(edition: EditionName, person: PersonName, *, json: Json = False) -> None:
    """Tell the story of one person in one edition."""
    tools, known = wiring.tools(), wiring.edition(edition)
    told, zone = story(tools, known, person), known.meeting.zone
    if json:
        tell_machine(_as_data(told))
        return
    guest = told.guest
    tell(f"{guest.person.name} <{guest.person.address}>", style="bold")
    tell(
        say(f"Présence : {presence_label(guest.presence)}.", f"Presence: {presence_label(guest.presence)}."),
        "",
    )
    if told.decisions:
        tell(say("Rien n’est armé encore ; voici le plan :", "Nothing is armed yet; this is the plan:"))
    tell(*(_planned(decision, zone) for decision in told.decisions))
    tell(*(_sentence(entry, zone) for entry in told.entries))
    tell(*(_rewritten(key.step) for key in told.rewritten))
    tell(*_answers(tools, known, guest.person.id))
    if told.records:
        tell("", say("Aujourd’hui :", "As it stands:"), *(_stands(record, zone) for record in told.records))


def _rewritten(step: str) -> str:
    label = step_label(step)
    return say(
        f"{label} : réécrit pour cette personne seule (apres draft).",
        f"{label}: rewritten for this person alone (apres draft).",
    )


def _answers(tools: Tools, edition: Edition, person: str) -> list[str]:
    """What this person said of the next Café, each answer as it was heard."""
    if edition.next is None:
        return []
    return [
        f"{stamp(answer.received, edition.meeting.zone)}  {_answer_words(answer, edition.next)}"
        for answer in tools.store.answers(edition.next.id, [person])
    ]


def _answer_words(answer: Answer, meeting: Meeting) -> str:
    said = stance_words(stance(answer, meeting.revision), language())
    remark = say(f" « {answer.comment} »", f' "{answer.comment}"') if answer.comment else ""
    number = meeting.number
    return say(
        f"A répondu pour le n° {number} : {said}{remark}.", f"Answered for no. {number}: {said}{remark}."
    )


def _planned(decision: Decision, zone: ZoneInfo) -> str:
    step = step_label(decision.key.step_name)
    if isinstance(decision, Unwanted):
        return say(
            f"{step} : ne partira pas, {reason_label(decision.reason)}.",
            f"{step}: will not leave, {reason_label(decision.reason)}.",
        )
    at = moment_words(decision.due, zone)
    why = decision.waiting_for or decision.because
    waits = f" ({reason_label(why)})" if why else ""
    return say(f"{step} : prévu {at}{waits}.", f"{step}: planned for {at}{waits}.")


def _sentence(entry: Entry, zone: ZoneInfo) -> str:
    step, reason = step_label(entry.key.step_name), reason_label(entry.reason)
    reply = say(f" (réponse : {entry.reply})", f" (reply: {entry.reply})") if entry.reply else ""
    return (
        f"{stamp(entry.at, zone)}  "
        + say(f"{step} : ", f"{step}: ")
        + _what(entry, reason, zone)
        + f"{reply}."
    )


def _what(entry: Entry, reason: str, zone: ZoneInfo) -> str:
    due = moment_words(entry.due, zone) if entry.due else ""
    match entry.after:
        case State.SCHEDULED if entry.reason is Reason.PLANNED and due:
            return say(f"prévu pour {due}", f"planned for {due}")
        case State.SCHEDULED if entry.reason is Reason.ONE_A_DAY and due:
            return say(f"{reason} ; prévu pour {due}", f"{reason}; planned for {due}")
        case State.SCHEDULED | State.DEFERRED if due:
            return say(f"{reason} ; prochain essai {due}", f"{reason}; next try {due}")
        case State.CLAIMED | State.SENDING | State.SCHEDULED:
            return reason
        case _:
            return f"{state_label(entry.after)}, {reason}"


def _stands(record: Record, zone: ZoneInfo) -> str:
    step, state = step_label(record.key.step_name), state_label(record.state)
    if record.state in WAITING and record.due:
        at = moment_words(record.due, zone)
        return say(f"  {step} : {state}, {at}", f"  {step}: {state}, {at}")
    because = f", {reason_label(record.reason)}" if record.state is not State.SENT else ""
    return say(f"  {step} : {state}{because}", f"  {step}: {state}{because}")


def _as_data(told: Story) -> dict[str, Any]:
    return {
        "person": told.guest.person.id,
        "presence": told.guest.presence,
        "rewritten": [str(key) for key in told.rewritten],
        "plan": [
            {"key": str(d.key), "reason": d.reason}
            if isinstance(d, Unwanted)
            else {"key": str(d.key), "due": d.due, "waiting_for": d.waiting_for}
            for d in told.decisions
        ],
        "decisions": [
            {"key": str(e.key), "at": e.at, "before": e.before, "after": e.after, "reason": e.reason}
            | {"due": e.due, "reply": e.reply}
            for e in told.entries
        ],
        "now": [
            {"key": str(r.key), "state": r.state, "due": r.due, "reason": r.reason} for r in told.records
        ],
    }
