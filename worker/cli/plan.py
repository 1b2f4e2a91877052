"""`apres plan`: who would get what, when, and who gets nothing and why."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from worker.cli import wiring
from worker.cli.arguments import EditionName, Json
from worker.cli.difference import difference, show_difference
from worker.cli.explained import explained
from worker.cli.people import everybody
from worker.cli.plan_table import PlanView, show_counts, show_nothing_for, view_plan
from worker.cli.screen import tell, tell_machine
from worker.cli.speech import say
from worker.cli.words import status_sentence
from worker.domain.edition import Edition
from worker.services.changes import Changes
from worker.services.tools import Tools


@explained(
    "Qui recevrait quoi et quand, qui ne recevra rien et pourquoi. N’arme rien.",
    "Who would get what and when, who gets nothing and why. Arms nothing.",
    example="apres plan cafe-12.toml",
)
def plan(edition: EditionName, *, json: Json = False) -> None:
    """Show the plan; nothing is armed, nothing is written but the edition's own file."""
    tools, known = wiring.tools(), wiring.edition(edition)
    wiring.proofread(known)
    view, people = view_plan(tools, known), everybody(tools, known)
    differences = difference(tools, known)
    if json:
        tell_machine(_as_data(view, differences))
        return
    tell(_title(known), style="bold")
    tell(status_sentence(tools.store.campaign(known.id).status), "")
    show_counts(view)
    show_nothing_for(view, people)
    _show_next(tools, known, differences)


def _title(edition: Edition) -> str:
    meeting = edition.meeting
    return f"{edition.series.name} {meeting.number} · {meeting.title}"


def _show_next(tools: Tools, edition: Edition, differences: Changes | None) -> None:
    if differences is None:
        tell(
            "",
            say(
                f"Rien n’est armé. Pour lire les mails : apres preview {edition.id}",
                f"Nothing is armed. To read the mails: apres preview {edition.id}",
            ),
        )
        return
    if differences.none:
        tell("", say("La campagne suit exactement ce plan.", "The campaign follows exactly this plan."))
        return
    tell(
        "",
        say(
            f"Pour que la campagne suive ce plan : apres reschedule {edition.id}",
            f"To make the campaign follow this plan: apres reschedule {edition.id}",
        ),
    )
    show_difference(tools, edition, differences)


def _as_data(view: PlanView, differences: Changes | None) -> dict[str, Any]:
    return {
        "edition": view.plan.edition,
        "counts": view.plan.counts(),
        "wanted": [asdict(wanted) | {"key": str(wanted.key)} for wanted in view.plan.wanted],
        "unwanted": [
            {"key": str(unwanted.key), "reason": unwanted.reason} for unwanted in view.plan.unwanted
        ],
        "gone": sorted(map(str, view.gone)),
        "reschedule_would": differences
        and {
            "add": [str(wanted.key) for wanted in differences.added],
            "drop": [str(unwanted.key) for unwanted in differences.dropped],
            "move": [str(wanted.key) for wanted in differences.moved],
        },
    }
