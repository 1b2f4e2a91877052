"""`apres introduce swap, forbid, allow, wish`: what an organizer decides about introductions."""

from __future__ import annotations

from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName
from worker.cli.explained import explained
from worker.cli.introduce import PersonName
from worker.cli.screen import tell
from worker.cli.speech import say
from worker.domain.edition import Edition
from worker.domain.person import Guest
from worker.services import introduction_choices as choices
from worker.services.report import find_guest
from worker.services.tools import Tools

Undo = Annotated[bool, typer.Option("--undo", help=say("Le retirer.", "Take it back."))]


@explained(
    "Avant que le plan soit figé : elle rencontre CHOSEN et non DROPPED. Le reste bouge le moins possible.",
    "Before the plan is frozen: they meet CHOSEN, not DROPPED. The rest moves as little as possible.",
    example="apres introduce swap cafe-12 Karim Théo Inès",
)
def swap(
    edition: EditionName,
    person: PersonName,
    dropped: Annotated[
        str, typer.Argument(metavar="DROPPED", help=say("Qui ne l’est plus.", "Who no more."))
    ],
    chosen: Annotated[str, typer.Argument(metavar="CHOSEN", help=say("Qui à la place.", "Who instead."))],
) -> None:
    """Kept as a decision, so it holds when the draft is drawn anew."""
    tools, known, one, other = _known(edition, person, dropped)
    instead = find_guest(tools.store, known.id, chosen)
    choices.swap(tools, known, one, other, instead)
    tell(
        say(
            f"{one.person.name} rencontre {instead.person.name}, et non {other.person.name}.",
            f"{one.person.name} meets {instead.person.name}, and not {other.person.name}.",
        ),
        say(f"Pour voir : apres introduce plan {known.id}", f"To see: apres introduce plan {known.id}"),
    )


@explained(
    "Ne jamais présenter ces deux personnes, dans aucune édition. Personne n’en saura rien.",
    "Never introduce these two people, in any edition. Nobody will know.",
    example="apres introduce forbid cafe-12 Karim Théo",
)
def forbid(edition: EditionName, person: PersonName, other: PersonName) -> None:
    """Silent, and followed at once by what has not left."""
    tools, known, a, b = _known(edition, person, other)
    choices.forbid(tools, known, a, b)
    tell(
        say(
            f"{a.person.name} et {b.person.name} ne seront pas présentés.",
            f"{a.person.name} and {b.person.name} will not be introduced.",
        )
    )


@explained(
    "Lever un interdit posé par l’organisation.",
    "Take back what an organizer forbade.",
    example="apres introduce allow cafe-12 Karim Théo",
)
def allow(edition: EditionName, person: PersonName, other: PersonName) -> None:
    """What one of the two asked for stands."""
    tools, known, a, b = _known(edition, person, other)
    choices.allow(tools, known, a, b)
    tell(
        say(
            f"{a.person.name} et {b.person.name} peuvent de nouveau être présentés.",
            f"{a.person.name} and {b.person.name} may be introduced again.",
        )
    )


@explained(
    "Noter que la première personne aimerait revoir la seconde ; celle-ci ne le sait que si elle le veut aussi.",
    "Record that the first would like to see the second again, who learns it only if they wish it too.",
    example="apres introduce wish cafe-12 Karim Inès",
)
def wish(edition: EditionName, person: PersonName, other: PersonName, *, undo: Undo = False) -> None:
    """One side's wish, or its end."""
    tools, known, a, b = _known(edition, person, other)
    deed = choices.unwish if undo else choices.wish
    deed(tools, known, a, b)
    tell(say("Retiré.", "Taken back.") if undo else say("Noté.", "Recorded."))


def _known(edition: str, person: str, other: str) -> tuple[Tools, Edition, Guest, Guest]:
    tools, known = wiring.tools(), wiring.edition(edition)
    return (
        tools,
        known,
        find_guest(tools.store, known.id, person),
        find_guest(tools.store, known.id, other),
    )
