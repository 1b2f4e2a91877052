"""How many messages stand where, before and after a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from worker.cli.screen import screen, table, tell
from worker.cli.speech import say
from worker.cli.words import state_label, step_label
from worker.domain.campaign import Status
from worker.domain.lifecycle import State
from worker.services.campaign import reschedule
from worker.services.tools import Tools

Counts = Mapping[tuple[str, State], int]

#: A campaign that a change of the list concerns.
AT_WORK = frozenset({Status.ARMED, Status.PAUSED})


def follow_change(tools: Tools, edition: str) -> None:
    """After a change of guests or presence: an armed campaign is planned anew, and what changed is shown."""
    if tools.store.campaign(edition).status not in AT_WORK:
        tell(
            say(
                f"Rien n’est armé encore. Pour voir le plan : apres plan {edition}",
                f"Nothing is armed yet. To see the plan: apres plan {edition}",
            )
        )
        return
    before = tools.store.counts(edition)
    reschedule(tools, edition)
    show_change(before, tools.store.counts(edition))


def show_change(before: Counts, after: Counts) -> None:
    """The lines that differ; both sides sum to the same people unless the list itself grew."""
    changed = sorted(key for key in {*before, *after} if before.get(key, 0) != after.get(key, 0))
    if not changed:
        tell(say("Rien ne change dans la campagne armée.", "Nothing changes in the armed campaign."))
        return
    tell(say("La campagne armée a été ajustée :", "The armed campaign was adjusted:"))
    shown = table(say("Étape", "Step"), "", say("avant", "before"), say("après", "after"))
    for step, state in changed:
        key = (step, state)
        shown.add_row(step_label(step), state_label(state), str(before.get(key, 0)), str(after.get(key, 0)))
    screen().print(shown)


def per_state(counts: Counts) -> Counter[State]:
    """The counts of all steps together."""
    summed: Counter[State] = Counter()
    for (_, state), number in counts.items():
        summed[state] += number
    return summed
