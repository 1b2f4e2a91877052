"""`apres arm` and `apres undo`: let a plan go, with a last look before and a minute after."""

from __future__ import annotations

from worker.cli import wiring
from worker.cli.arguments import EditionName, Yes
from worker.cli.explained import explained
from worker.cli.moments import moment_words
from worker.cli.plan_table import PlanView, show_counts, view_plan
from worker.cli.screen import agrees, tell
from worker.cli.speech import counted, say
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.services import campaign
from worker.services.tools import Tools


@explained(
    "Répéter les nombres, demander, puis laisser partir à l’heure dite. Une minute pour reprendre.",
    "Repeat the counts, ask, then let everything leave in its time. One minute to undo.",
    example="apres arm cafe-12",
)
def arm(edition: EditionName, *, yes: Yes = False) -> None:
    """Repeat the counts, ask, then write the plan and let it go after the undo minute."""
    tools, known = wiring.tools(), wiring.edition(edition)
    wiring.proofread(known)
    view = view_plan(tools, known)
    if not view.plan.wanted:
        raise Refused(
            say(
                f"il n’y a rien à envoyer : importez d’abord les invités (apres guests import {known.id} …)",
                f"there is nothing to send: import the guests first (apres guests import {known.id} …)",
            )
        )
    show_counts(view)
    if not (yes or agrees(say("Armer ?", "Arm?"))):
        tell(say("Rien n’est armé.", "Nothing is armed."))
        return
    campaign.arm(tools, known.id)
    _show_armed(tools, known, view)


def _show_armed(tools: Tools, edition: Edition, view: PlanView) -> None:
    waiting = [message for message in view.plan.wanted if message.key not in view.gone]
    first = min((message.due for message in waiting), default=view.now)
    at = moment_words(max(first, view.now), edition.meeting.zone)
    tell(say(f"Armée. Premier départ : {at}.", f"Armed. First to leave: {at}."))
    if tools.limits.undo:
        seconds = counted(int(tools.limits.undo.total_seconds()), "seconde", "second")
        tell(
            say(
                f"Pendant {seconds}, tout peut être repris : apres undo {edition.id}",
                f"For {seconds} all can be taken back: apres undo {edition.id}",
            )
        )
    tell(
        say(
            f"Ensuite : apres status {edition.id} --follow, apres pause {edition.id}",
            f"Then: apres status {edition.id} --follow, apres pause {edition.id}",
        )
    )


@explained(
    "Dans la minute : rien n’est parti, rien ne partira.",
    "Within the minute: nothing left, nothing will.",
    example="apres undo cafe-12",
)
def undo(edition: EditionName) -> None:
    """Take an arming back within its minute."""
    tools, known = wiring.tools(), wiring.edition(edition)
    campaign.undo(tools, known.id)
    tell(
        say(
            "Repris : rien n’est parti, rien ne partira tant que vous n’armez pas de nouveau.",
            "Taken back: nothing left, and nothing will until you arm again.",
        )
    )
