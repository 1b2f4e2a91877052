"""`apres status`: how far a campaign is, once or live."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.text import Text

from worker.cli import wiring
from worker.cli.arguments import EditionName, Json
from worker.cli.explained import explained
from worker.cli.moments import moment_words
from worker.cli.relay_words import relay_data, relay_sentences
from worker.cli.rsvp import tally_words
from worker.cli.screen import screen, table, tell, tell_machine
from worker.cli.speech import say
from worker.cli.words import STEPS, states_label, status_sentence, step_label
from worker.domain.answer import Tally
from worker.domain.edition import Edition
from worker.domain.ledger import Record
from worker.domain.lifecycle import FINAL, WAITING, State
from worker.ports import Store
from worker.services.answer_sheet import answer_sheet
from worker.services.invitations import Invitation
from worker.services.report import Progress, Standing, standing
from worker.services.tools import Tools

#: Real seconds between two looks.
_GLANCE = 1.0

Follow = Annotated[
    bool,
    typer.Option(
        "--follow",
        "-f",
        help=say("Rester et suivre, jusqu’au dernier mail.", "Stay and follow, until the last mail."),
    ),
]


@explained(
    "Où en est la campagne, étape par étape ; --follow pour rester.",
    "How far the campaign is, step by step; --follow to stay.",
    example="apres status cafe-12 --follow",
)
def status(edition: EditionName, *, follow: Follow = False, json: Json = False) -> None:
    """Show the campaign and each of its steps."""
    tools, known = wiring.tools(), wiring.edition(edition)
    store, tally = tools.store, _tally(tools, known)
    rewritten = sorted(str(key) for key in store.drafts(known.id))
    if json:
        more = {"answers": asdict(tally) if tally else None, "rewritten": rewritten}
        tell_machine(_as_data(standing(store, known.id), _next_due(store, known.id)) | more)
    elif follow:
        _follow(store, known)
    else:
        screen().print(_picture(store, known))
        if known.next and tally and tally != Tally():
            told, number = tally_words(tally), known.next.number
            tell(say(f"Réponses pour le n° {number} : {told}", f"Answers for no. {number}: {told}"))
        if rewritten:
            listed = ", ".join(rewritten)
            tell(say(f"Réécrits pour une personne : {listed}", f"Rewritten for one person: {listed}"))


def _tally(tools: Tools, edition: Edition) -> Tally | None:
    return answer_sheet(tools, Invitation(edition, edition.next)).tally if edition.next else None


def _follow(store: Store, edition: Edition) -> None:
    console = screen()
    if not console.is_terminal:
        _follow_in_lines(store, edition)
        return
    with Live(_picture(store, edition), console=console, refresh_per_second=4) as live:
        while not _over(store, edition.id):
            time.sleep(_GLANCE)
            live.update(_picture(store, edition))


def _follow_in_lines(store: Store, edition: Edition) -> None:
    console, before = screen(), ""
    while True:
        now = " · ".join(
            f"{step_label(p.step)} {p.done}/{p.wanted}" for p in standing(store, edition.id).progress
        )
        if now != before:
            console.print(now)
        if _over(store, edition.id):
            return
        before = now
        time.sleep(_GLANCE)


def _over(store: Store, edition: str) -> bool:
    counts = store.counts(edition)
    return not any(number for (_, state), number in counts.items() if state not in FINAL | {State.IN_DOUBT})


def _picture(store: Store, edition: Edition) -> RenderableType:
    now = standing(store, edition.id)
    lines: list[RenderableType] = [
        Text(f"{edition.id} · {status_sentence(now.campaign.status)}", style="bold")
    ]
    if now.campaign.because:
        lines.append(Text(say(f"Pourquoi : {now.campaign.because}", f"Why: {now.campaign.because}")))
    lines += [Text(sentence, style="red") for sentence in relay_sentences(now.relay, edition.meeting.zone)]
    if now.progress:
        lines += [_bars(_in_order(now.progress)), Text(_next_sentence(store, edition))]
    return Group(*lines)


def _bars(steps: Iterable[Progress]) -> RenderableType:
    shown = table(*([""] * 4))
    for progress in steps:
        bar = ProgressBar(total=max(progress.wanted, 1), completed=progress.done, width=14)
        shown.add_row(step_label(progress.step), bar, f"{progress.done}/{progress.wanted}", _states(progress))
    return shown


def _in_order(progress: Iterable[Progress]) -> list[Progress]:
    """What guests get in the order of the house's sequence, then the organizers' own reminders."""
    known = list(STEPS)
    return sorted(progress, key=lambda one: known.index(one.step) if one.step in known else len(known))


def _states(progress: Progress) -> str:
    """Every message of the step, in the order of its life: the numbers sum to all of them."""
    return ", ".join(
        states_label(progress.states[state], state) for state in State if progress.states.get(state)
    )


def _next_due(store: Store, edition: str) -> datetime | None:
    return min((due for record in store.records(edition) if (due := _waits_until(record))), default=None)


def _waits_until(record: Record) -> datetime | None:
    return record.due if record.state in WAITING else None


def _next_sentence(store: Store, edition: Edition) -> str:
    due = _next_due(store, edition.id)
    if due is not None:
        at = moment_words(due, edition.meeting.zone)
        return say(f"Prochain départ : {at}.", f"Next to leave: {at}.")
    if not _over(store, edition.id):
        return say("Les derniers partent en ce moment.", "The last ones are leaving now.")
    return say("Plus rien n’attend.", "Nothing waits any more.")


def _as_data(now: Standing, due: datetime | None) -> dict[str, Any]:
    return {
        "edition": now.campaign.edition,
        "status": now.campaign.status,
        "because": now.campaign.because,
        "relay_paused": now.relay.paused,
        "relay": relay_data(now.relay),
        "next_due": due,
        "steps": {progress.step: dict(progress.states) for progress in now.progress},
    }
