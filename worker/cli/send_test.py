"""`apres send-test`: somebody's mail, sent to oneself."""

from __future__ import annotations

from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName
from worker.cli.explained import explained
from worker.cli.screen import tell
from worker.cli.speech import say
from worker.domain.address import normalise
from worker.domain.reply import Verdict
from worker.services.preview import send_test as hand_over
from worker.services.preview import trial_letter
from worker.services.report import find_guest

StepName = Annotated[
    str,
    typer.Argument(
        metavar="STEP",
        help=say("thank-you, invitation, nudge…", "thank-you, invitation, nudge…"),
        show_default=False,
    ),
]
As = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="PERSON",
        help=say("Tel que cette personne le recevrait.", "As this person would get it."),
        show_default=False,
    ),
]
To = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="ADDRESS",
        help=say("À qui l’envoyer : vous.", "Whom to send it to: you."),
        show_default=False,
    ),
]


@explained(
    "S’envoyer le mail d’une personne, marqué [TEST]. Ses liens, désarmés, n’agissent pour personne. Rien n’est noté.",
    "Send oneself somebody's mail, marked [TEST]. Its links are disarmed: they act for nobody. Nothing is recorded.",
    example='apres send-test cafe-12 invitation --as "Zoé Martin" --to moi@example.org',
)
def send_test(edition: EditionName, step: StepName, *, person: As, to: To) -> None:
    """Send one real rendering to one's own address, at once and without a trace in the campaign."""
    tools, known = wiring.tools(), wiring.edition(edition)
    guest = find_guest(tools.store, known.id, person)
    normalise(to)
    reply = hand_over(tools, trial_letter(tools, known, step, guest, to))
    if reply.verdict is not Verdict.ACCEPTED:
        tell(
            say(
                f"Le mail de test n’est pas parti. Votre messagerie répond : {reply}",
                f"The test mail did not leave. Your mail provider answers: {reply}",
            )
        )
        raise typer.Exit(1)
    tell(
        say(
            f"Parti : le mail de « {guest.person.name} » vous arrive, marqué [TEST]. Réponse : {reply}",
            f"Sent: the mail of {guest.person.name} comes to you, marked [TEST]. Reply: {reply}",
        ),
        say(
            "Ses liens et son rendez-vous n’agissent pour personne ; rien n’est noté dans la campagne.",
            "Its links and its appointment act for nobody; nothing is recorded in the campaign.",
        ),
    )
