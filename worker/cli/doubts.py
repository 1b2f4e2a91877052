"""`apres doubts`: the messages that somebody must decide about, and the decision."""

from __future__ import annotations

from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName, Json
from worker.cli.explained import explained
from worker.cli.people import everybody, name_of
from worker.cli.screen import screen, table, tell, tell_machine
from worker.cli.speech import say
from worker.cli.words import reason_label, state_label, step_label
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.ledger import Record
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.services.doubts import decide
from worker.services.doubts import doubts as doubtful
from worker.services.tools import Tools

Key = Annotated[
    str | None,
    typer.Argument(
        metavar="[KEY]",
        help=say("Le mail à trancher, tel qu’affiché.", "The mail to decide about, as listed."),
        show_default=False,
    ),
]
Sent = Annotated[
    bool,
    typer.Option("--sent", help=say("Il est arrivé : ne pas renvoyer.", "It arrived: do not send again.")),
]
Again = Annotated[
    bool, typer.Option("--again", help=say("Il n’est pas arrivé : l’envoyer.", "It did not arrive: send it."))
]


@explained(
    "Les mails dont on ne sait pas s’ils sont arrivés ; avec un nom de mail, trancher.",
    "Mails that may or may not have arrived; with a key, decide.",
    example="apres doubts cafe-12 cafe-12.nudge.k7f3 --sent",
)
def doubts(
    edition: EditionName, key: Key = None, *, sent: Sent = False, again: Again = False, json: Json = False
) -> None:
    """List what is in doubt; with a key, end it."""
    tools, known = wiring.tools(), wiring.edition(edition)
    if key is not None:
        _decide(tools, known, MessageKey.parse(key), _outcome(sent=sent, again=again))
        return
    unsettled = list(doubtful(tools.store, known.id))
    if json:
        tell_machine([_as_data(record) for record in unsettled])
    else:
        _show(tools, known, unsettled)
    if unsettled:
        raise typer.Exit(1)


def _outcome(*, sent: bool, again: bool) -> State:
    if sent == again:
        raise Refused(
            say(
                "dites ce qu’il en est : --sent (il est arrivé) ou --again (l’envoyer)",
                "say how it is: --sent (it arrived) or --again (send it)",
            )
        )
    return State.SENT if sent else State.SCHEDULED


def _decide(tools: Tools, edition: Edition, key: MessageKey, outcome: State) -> None:
    if key.edition != edition.id:
        raise Refused(say(f"{key} n’est pas un mail de {edition.id}", f"{key} is not a mail of {edition.id}"))
    decide(tools.store, key, outcome)
    if outcome is State.SENT:
        tell(say("C’est noté : il est arrivé.", "Noted: it arrived."))
    else:
        tell(
            say(
                "C’est noté : il repart (le même mail, le même identifiant).",
                "Noted: it leaves again (the same mail, the same id).",
            )
        )


def _show(tools: Tools, edition: Edition, unsettled: list[Record]) -> None:
    if not unsettled:
        tell(say("Aucun doute.", "No doubts."))
        return
    people = everybody(tools, edition)
    shown = table(*([""] * 4))
    for record in unsettled:
        who, step = name_of(people, record.key.person), step_label(record.key.step_name)
        shown.add_row(
            str(record.key),
            who,
            step,
            f"{state_label(record.state)}{say(' : ', ': ')}{reason_label(record.reason)}",
        )
    screen().print(shown)
    tell(
        "",
        _what_a_doubt_is(),
        "",
        say(
            f"Demandez à la personne, ou regardez chez votre messagerie, puis : "
            f"apres doubts {edition.id} {unsettled[0].key} --sent (ou --again)",
            f"Ask the person, or look at your mail provider, then: "
            f"apres doubts {edition.id} {unsettled[0].key} --sent (or --again)",
        ),
    )


def _what_a_doubt_is() -> str:
    return say(
        "En doute : la ligne s’est coupée après la fin du mail et avant la réponse ; le relais l’a peut-être. "
        "Pour ne rien envoyer deux fois, ce mail attend une preuve (une réponse, un retour) ou votre décision.",
        "In doubt: the line was lost after the end of the mail and before the reply; the relay may have it. "
        "So that nothing goes twice, this mail waits for evidence (an answer, a bounce) or for your decision.",
    )


def _as_data(record: Record) -> dict[str, object]:
    return {"key": str(record.key), "state": record.state, "reason": record.reason, "reply": record.reply}
