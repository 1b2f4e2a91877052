"""`apres suppress` and `apres unsuppress`: an address we do not write to."""

from __future__ import annotations

from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.explained import explained
from worker.cli.screen import tell
from worker.cli.speech import say
from worker.domain.address import mask
from worker.domain.suppression import EVERYTHING
from worker.services import suppress as suppressing

Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS", help=say("L’adresse de la personne.", "The person's address."), show_default=False
    ),
]
Scope = Annotated[
    str,
    typer.Option(
        metavar="SCOPE",
        help=say(
            "all (tout), series:cafe (une série), purpose:thanks|invitations|introductions.",
            "all, series:cafe, purpose:thanks|invitations|introductions.",
        ),
    ),
]
Because = Annotated[
    str, typer.Option(metavar="TEXT", help=say("Pourquoi, pour s’en souvenir.", "Why, to remember it."))
]


@explained(
    "Ne plus écrire à une adresse, à effet immédiat, même ce qui est déjà prévu.",
    "Stop writing to an address, at once, even what is planned already.",
    example='apres suppress zoe@example.org --scope series:cafe --because "par téléphone"',
)
def suppress(address: Address, *, scope: Scope = EVERYTHING, because: Because = "") -> None:
    """Stop writing to somebody, at once and for every campaign."""
    suppressing.suppress(wiring.tools(), address, scope=scope, because=because)
    tell(
        say(
            f"Entendu : plus rien ne part vers {mask(address)} ({_words(scope)}), même de ce qui est déjà prévu.",
            f"Understood: nothing more leaves for {mask(address)} ({_words(scope)}), not even what is planned already.",
        )
    )


@explained(
    "Écrire de nouveau à une adresse, sauf si la personne elle-même a dit stop.",
    "Write to an address again, unless the person said stop.",
    example='apres unsuppress zoe@example.org --scope series:cafe --because "revenue d’elle-même"',
)
def unsuppress(address: Address, *, scope: Scope = EVERYTHING, because: Because = "") -> None:
    """Write to somebody again, unless they themselves said stop."""
    suppressing.unsuppress(wiring.tools(), address, scope=scope, because=because)
    again = say(
        f"Entendu : on écrit de nouveau à {mask(address)} ({_words(scope)}).",
        f"Understood: we write to {mask(address)} again ({_words(scope)}).",
    )
    tell(
        again,
        say(
            "Pour une campagne armée : apres reschedule EDITION",
            "For an armed campaign: apres reschedule EDITION",
        ),
    )


def _words(scope: str) -> str:
    return say("pour tout", "for everything") if scope == EVERYTHING else scope
