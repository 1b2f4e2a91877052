"""Steering an armed campaign: trigger, pause, resume, cancel, reschedule."""

from __future__ import annotations

from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName, Yes
from worker.cli.counts import per_state
from worker.cli.difference import difference, question, show_difference, tell_adjusted
from worker.cli.explained import explained
from worker.cli.leaving import tell_who_was_leaving
from worker.cli.moments import moment_words
from worker.cli.screen import agrees, tell
from worker.cli.speech import counted, say
from worker.domain.campaign import AT_WORK
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.lifecycle import WAITING, State
from worker.domain.notice import NoticeKind
from worker.services import campaign
from worker.services.edition_changes import from_file
from worker.services.tools import Tools

Because = Annotated[
    str, typer.Option(metavar="TEXT", help=say("Pourquoi, pour s’en souvenir.", "Why, to remember it."))
]


@explained(
    "L’édition se termine maintenant : les délais comptent à partir d’ici. La minute pour reprendre reste.",
    "The edition ends now: every delay counts from here. The minute to undo stays.",
    example="apres trigger cafe-12",
)
def trigger(edition: EditionName) -> None:
    """Declare the edition over now."""
    tools, known = wiring.tools(), wiring.edition(edition)
    campaign.trigger(tools, known.id)
    tell(
        say(
            "C’est noté : l’édition est terminée, tous les délais comptent à partir de maintenant.",
            "Noted: the edition is over, every delay counts from now.",
        ),
        _next_departure(tools, known),
    )


@explained(
    "Tout arrêter pour l’instant ; ce qui était en train de partir est nommé.",
    "Stop everything for now; what was leaving is named.",
    example='apres pause cafe-12 --because "date à confirmer"',
)
def pause(edition: EditionName, *, because: Because = "") -> None:
    """Stop everything that has not left."""
    tools, known = wiring.tools(), wiring.edition(edition)
    campaign.pause(tools, known.id, because)
    tell(
        say(
            f"En pause : plus rien ne part. Pour reprendre : apres resume {known.id}",
            f"Paused: nothing more leaves. To go on: apres resume {known.id}",
        )
    )
    tell_who_was_leaving(tools, known)


@explained(
    "Reprendre ; personne ne reçoit deux fois.",
    "Go on; nobody gets anything twice.",
    example="apres resume cafe-12",
)
def resume(edition: EditionName) -> None:
    """Go on, planned anew for now."""
    tools, known = wiring.tools(), wiring.edition(edition)
    campaign.resume(tools, known.id)
    tools.store.close_notice(known.id, NoticeKind.MANY_REFUSED)
    states = per_state(tools.store.counts(known.id))
    waiting = counted(sum(states[state] for state in WAITING), "mail", "mail")
    sent = states[State.SENT]
    tell(
        say(
            f"C’est reparti : {waiting} à envoyer. {sent} déjà partis : personne ne reçoit deux fois.",
            f"It goes on: {waiting} to send. {sent} sent already: nobody gets anything twice.",
        ),
        _next_departure(tools, known),
    )


@explained(
    "Annuler pour de bon ce qui n’est pas parti.",
    "Cancel for good what has not left.",
    example="apres cancel cafe-12",
)
def cancel(edition: EditionName, *, yes: Yes = False) -> None:
    """End a campaign for good."""
    tools, known = wiring.tools(), wiring.edition(edition)
    question = say(
        f"Annuler pour toujours ce qui n’est pas parti de {known.id} ?",
        f"Cancel for good what has not left of {known.id}?",
    )
    if not (yes or agrees(question)):
        tell(say("Rien n’est annulé.", "Nothing is cancelled."))
        return
    stopped = campaign.cancel(tools, known.id)
    tell(
        say(
            f"Annulée : {counted(stopped, 'mail', 'mail')} ne partiront pas. Ce qui est parti reste parti.",
            f"Cancelled: {counted(stopped, 'mail', 'mail')} will not leave. What was sent stays sent.",
        )
    )
    tell_who_was_leaving(tools, known)


@explained(
    "Ajuster une campagne armée à l’édition et aux invités d’aujourd’hui : montrer ce qui change, demander, puis tout "
    "d’un coup.",
    "Make an armed campaign follow the edition and the guests of today: show what changes, ask, then all at once.",
    example="apres reschedule cafe-12.toml",
)
def reschedule(edition: EditionName, *, yes: Yes = False) -> None:
    """Show what would be otherwise, ask, then make the armed campaign follow edition, sequence and list at once."""
    tools, known = wiring.tools(), wiring.edition(edition)
    if tools.store.campaign(known.id).status not in AT_WORK:
        raise Refused(
            say(
                f"{known.id} n’est pas armée : il n’y a rien à ajuster (voir apres plan {known.id})",
                f"{known.id} is not armed: there is nothing to adjust (see apres plan {known.id})",
            )
        )
    wiring.proofread(known)
    wanted = from_file(tools, known)
    differences = difference(tools, wanted)
    if differences is None or differences.none:
        tell(say("Rien ne change dans la campagne armée.", "Nothing changes in the armed campaign."))
    else:
        show_difference(tools, wanted, differences)
        if not (yes or agrees(question())):
            tell(say("Rien n’est changé.", "Nothing is changed."))
            return
    tools.store.save_edition(wanted)
    campaign.reschedule(tools, known.id)
    if differences and not differences.none:
        tell_adjusted()


def _next_departure(tools: Tools, edition: Edition) -> str:
    dues = [
        record.due for record in tools.store.records(edition.id) if record.state in WAITING and record.due
    ]
    if not dues:
        return say("Plus rien n’attend.", "Nothing waits any more.")
    at = moment_words(max(min(dues), tools.store.now()), edition.meeting.zone)
    return say(f"Prochain départ : {at}.", f"Next to leave: {at}.")
