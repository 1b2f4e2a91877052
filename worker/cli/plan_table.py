"""A plan as organizers read it: per step how many and when, then who gets nothing and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from worker.cli.moments import moment_words
from worker.cli.people import name_of
from worker.cli.screen import names, screen, table, tell
from worker.cli.speech import counted, say
from worker.cli.words import reason_label, step_label
from worker.domain.edition import Edition
from worker.domain.lifecycle import WAITING, State
from worker.domain.message import MessageKey
from worker.domain.person import Guest
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.reminders import ORGANIZER_STEPS
from worker.services.campaign import preview_plan
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan, the clock it is read by, and the messages that have `gone` and that no plan changes any more."""

    plan: Plan
    zone: ZoneInfo
    now: datetime
    gone: frozenset[MessageKey] = frozenset()

    def when(self, message: Wanted) -> str:
        """The moment, or what it waits for."""
        if message.key in self.gone:
            return say("déjà parti", "has left already")
        if message.due <= self.now:
            return say("tout de suite", "at once")
        return waiting_words(message.waiting_for, moment_words(message.due, self.zone))


def view_plan(tools: Tools, edition: Edition) -> PlanView:
    """The plan of an edition as it would be written now."""
    open_states = WAITING | {State.CLAIMED, State.SKIPPED}
    gone = frozenset(r.key for r in tools.store.records(edition.id) if r.state not in open_states)
    return PlanView(preview_plan(tools, edition), edition.meeting.zone, tools.store.now(), gone)


def waiting_words(reason: Reason | None, at: str) -> str:
    """A moment, with what must happen before it."""
    match reason:
        case Reason.PRESENCE_UNKNOWN:
            return say(
                f"une fois la présence notée, d’ici {at} ; sinon rien",
                f"once presence is marked, by {at}; else not",
            )
        case Reason.NOTES_READY:
            return say(
                f"dès que les notes sont prêtes, au plus tard {at}", f"once the notes are ready, by {at}"
            )
        case _:
            return at


def show_counts(view: PlanView) -> None:
    """The table of steps, and the totals."""
    shown = table(say("Étape", "Step"), say("Combien", "How many"), say("Quand", "When"))
    for step, slots in _by_step(view).items():
        for number, (when, messages) in enumerate(sorted(slots.items(), key=lambda slot: slot[1][0].due)):
            shown.add_row("" if number else step_label(step), str(len(messages)), when)
    screen().print(shown)
    tell("", _totals(view.plan))


def _by_step(view: PlanView) -> dict[str, dict[str, list[Wanted]]]:
    steps: dict[str, dict[str, list[Wanted]]] = defaultdict(lambda: defaultdict(list))
    for message in view.plan.wanted:
        steps[message.key.step][view.when(message)].append(message)
    return steps


def _totals(plan: Plan) -> str:
    guests = [message for message in plan.wanted if message.key.step_name not in ORGANIZER_STEPS]
    people = counted(len({message.key.person for message in guests}), "personne", "guest")
    mails, own = counted(len(guests), "mail", "mail"), len(plan.wanted) - len(guests)
    reminders = say(f", et {own} pour vous", f", and {own} for you") if own else ""
    return say(f"En tout : {mails} pour {people}{reminders}.", f"In all: {mails} for {people}{reminders}.")


def show_nothing_for(view: PlanView, people: dict[str, Guest]) -> None:
    """Each person who gets nothing for a step, under the reason."""
    reasons: dict[str, dict[Reason, list[str]]] = defaultdict(lambda: defaultdict(list))
    for unwanted in view.plan.unwanted:
        if unwanted.key.step_name not in ORGANIZER_STEPS:
            reasons[unwanted.key.step][unwanted.reason].append(name_of(people, unwanted.key.person))
    if reasons:
        tell("", say("Ne recevront pas :", "Will not get:"), style="bold")
    for step, groups in reasons.items():
        tell(f"{step_label(step)} ({sum(map(len, groups.values()))})")
        for reason, who in sorted(groups.items(), key=lambda group: -len(group[1])):
            why = reason_label(reason)
            tell(say(f"  {why} : ", f"  {why}: ") + names(who))
