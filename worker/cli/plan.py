"""`apres plan`: who would get what, when, and who gets nothing and why."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from worker.cli import wiring
from worker.cli.arguments import EditionName, Json
from worker.cli.explained import explained
from worker.cli.people import everybody, name_of
from worker.cli.plan_table import PlanView, show_counts, show_nothing_for, view_plan
from worker.cli.screen import names, tell, tell_machine
from worker.cli.speech import counted, say
from worker.cli.words import status_sentence, step_label
from worker.domain.campaign import AT_WORK
from worker.domain.edition import Edition
from worker.domain.person import Guest
from worker.domain.plan import Decision
from worker.services.changes import Changes, changes
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
    differences = _differences(tools, known, view)
    if json:
        tell_machine(_as_data(view, differences))
        return
    tell(_title(known), style="bold")
    tell(status_sentence(tools.store.campaign(known.id).status), "")
    show_counts(view)
    show_nothing_for(view, people)
    _show_next(known, differences, people)


def _title(edition: Edition) -> str:
    meeting = edition.meeting
    return f"{edition.series.name} {meeting.number} · {meeting.title}"


def _differences(tools: Tools, edition: Edition, view: PlanView) -> Changes | None:
    armed = tools.store.campaign(edition.id).status in AT_WORK
    return changes(view.plan, tools.store.records(edition.id)) if armed else None


def _show_next(edition: Edition, differences: Changes | None, people: dict[str, Guest]) -> None:
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
    _show_difference(say("en plus", "added"), differences.added, people)
    _show_difference(say("en moins", "dropped"), differences.dropped, people)
    _show_difference(say("à un autre moment", "at another moment"), differences.moved, people)


def _show_difference(title: str, decisions: tuple[Decision, ...], people: dict[str, Guest]) -> None:
    for step in dict.fromkeys(decision.key.step for decision in decisions):
        who = [name_of(people, decision.key.person) for decision in decisions if decision.key.step == step]
        tell(
            f"  {counted(len(who), 'mail', 'mail')} {title}, {step_label(step)}{say(' : ', ': ')}{names(who)}"
        )


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
