"""What re-planning an armed campaign would change, shown before it does; and the yes it needs."""

from __future__ import annotations

from collections.abc import Iterator

from worker.cli.moments import moment_words
from worker.cli.people import everybody, name_of
from worker.cli.screen import agrees, names, tell
from worker.cli.speech import counted, say
from worker.cli.words import reason_label, step_label
from worker.domain.campaign import AT_WORK
from worker.domain.edition import Edition
from worker.domain.person import Guest
from worker.domain.plan import Decision, Unwanted
from worker.services.campaign import preview_plan, reschedule
from worker.services.changes import Changes, changes
from worker.services.tools import Tools

#: So many lines of a difference are read; the rest is counted.
_READ = 30


def difference(tools: Tools, edition: Edition) -> Changes | None:
    """What the campaign would do otherwise, planned for this edition as it is now; None while nothing is armed."""
    if tools.store.campaign(edition.id).status not in AT_WORK:
        return None
    return changes(preview_plan(tools, edition), tools.store.records(edition.id))


def show_difference(tools: Tools, edition: Edition, differences: Changes) -> None:
    """Only what would be otherwise: who gets something more, nothing any more, or at another moment, and when."""
    people = everybody(tools, edition)
    lines = [
        *_lines(say("en plus", "added"), differences.added, people, edition),
        *_lines(say("en moins", "dropped"), differences.dropped, people, edition),
        *_lines(say("à un autre moment", "at another moment"), differences.moved, people, edition),
    ]
    tell(*lines[:_READ])
    if len(lines) > _READ:
        left = len(lines) - _READ
        tell(say(f"  … et {left} lignes de plus : apres plan {edition.id}", f"  … and {left} more lines"))


def adjust(tools: Tools, edition: Edition, *, yes: bool) -> bool:
    """After a change of the list: show the difference, ask unless it was said `yes`, then re-plan at once.

    False where somebody must still say yes: nothing leaves that was not approved.
    """
    differences = difference(tools, edition)
    if differences is None:
        tell(say(f"Pour voir le plan : apres plan {edition.id}", f"To see the plan: apres plan {edition.id}"))
    elif differences.none:
        reschedule(tools, edition.id)
        tell(say("Rien ne change dans la campagne armée.", "Nothing changes in the armed campaign."))
    else:
        tell(say("Dans la campagne armée :", "In the armed campaign:"))
        show_difference(tools, edition, differences)
        if not (yes or agrees(question())):
            tell(
                say(
                    f"La liste est gardée, la campagne reste comme avant. Plus tard : apres reschedule {edition.id}",
                    f"The list is kept, the campaign stays as it was. Later: apres reschedule {edition.id}",
                )
            )
            return False
        reschedule(tools, edition.id)
        tell_adjusted()
    return True


def adjust_quietly(tools: Tools, edition: Edition, *, yes: bool) -> bool:
    """The same for machines: without a `yes` only what changes nothing is done."""
    differences = difference(tools, edition)
    if differences is None or differences.none or yes:
        reschedule(tools, edition.id)
        return True
    return False


def question() -> str:
    """What somebody says yes to."""
    return say("Ajuster la campagne armée ?", "Adjust the armed campaign?")


def tell_adjusted() -> None:
    """It was done, all of it together."""
    tell(say("La campagne armée a été ajustée.", "The armed campaign was adjusted."))


def _lines(
    title: str, decisions: tuple[Decision, ...], people: dict[str, Guest], edition: Edition
) -> Iterator[str]:
    """One for each step and moment or reason."""
    groups: dict[tuple[str, str], list[str]] = {}
    for decision in decisions:
        detail = _detail(decision, edition)
        groups.setdefault((decision.key.step, detail), []).append(name_of(people, decision.key.person))
    for (step, detail), who in groups.items():
        mails = counted(len(who), "mail", "mail")
        yield f"  {mails} {title}, {step_label(step)} ({detail}){say(' : ', ': ')}{names(who)}"


def _detail(decision: Decision, edition: Edition) -> str:
    if isinstance(decision, Unwanted):
        return reason_label(decision.reason)
    return moment_words(decision.due, edition.meeting.zone)
