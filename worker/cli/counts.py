"""How many messages stand where, before and after a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from worker.cli.screen import screen, table, tell
from worker.cli.speech import say
from worker.cli.words import state_label, step_label
from worker.domain.campaign import AT_WORK
from worker.domain.lifecycle import State
from worker.services.tools import Tools

Counts = Mapping[tuple[str, State], int]


def show_change(tools: Tools, edition: str, before: Counts) -> None:
    """What re-planning changed in an armed campaign since it had these counts."""
    if tools.store.campaign(edition).status not in AT_WORK:
        tell(say(f"Pour voir le plan : apres plan {edition}", f"To see the plan: apres plan {edition}"))
        return
    after = tools.store.counts(edition)
    changed = sorted(key for key in {*before, *after} if before.get(key, 0) != after.get(key, 0))
    if not changed:
        tell(say("Rien ne change dans la campagne armée.", "Nothing changes in the armed campaign."))
        return
    tell(say("La campagne armée a été ajustée :", "The armed campaign was adjusted:"))
    shown = table(say("Étape", "Step"), "", say("avant", "before"), say("après", "after"))
    for key in changed:
        step, state = key
        shown.add_row(step_label(step), state_label(state), str(before.get(key, 0)), str(after.get(key, 0)))
    screen().print(shown)


def per_state(counts: Counts) -> Counter[State]:
    """The counts of all steps together."""
    summed: Counter[State] = Counter()
    for (_, state), number in counts.items():
        summed[state] += number
    return summed
