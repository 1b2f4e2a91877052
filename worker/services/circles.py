"""The people of whom a mail must not tell: kept for each edition until its list changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from worker.domain.circle import Circle
from worker.domain.delivery import Claim
from worker.domain.edition import Edition
from worker.domain.facts import Facts
from worker.domain.reminders import ORGANIZER_STEPS
from worker.services.tools import KnownCircle, Tools

#: Circles that are kept: a worker writes for few editions at a time.
_MOST = 4


def all_discreet(tools: Tools, facts: Mapping[Claim, Facts]) -> dict[Claim, Facts]:
    """The facts of a batch with the people of their edition around them; the store is asked once an edition."""
    open_ones = {
        claim: known
        for claim, known in facts.items()
        if known.circle is None and not _may_tell_of_everybody(claim.key.step_name, known)
    }
    editions = {known.edition.id: known.edition for known in open_ones.values()}
    circles = {name: circle_of(tools, edition) for name, edition in editions.items()}
    return dict(facts) | {
        claim: replace(known, circle=circles[known.edition.id]) for claim, known in open_ones.items()
    }


def discreet(circle: Circle, step: str, facts: Facts) -> Facts:
    """The same for one mail, with a circle that is known."""
    return facts if _may_tell_of_everybody(step, facts) else replace(facts, circle=circle)


def _may_tell_of_everybody(step: str, facts: Facts) -> bool:
    """Organizers have the list."""
    return facts.notice is not None or facts.forwarded is not None or step in ORGANIZER_STEPS


def circle_of(tools: Tools, edition: Edition) -> Circle:
    """Made anew when the list, or the edition, is another one than before."""
    return circle_at(tools, edition, tools.store.guests_version(edition.id))


def circle_at(tools: Tools, edition: Edition, version: int) -> Circle:
    """The same where the version of the list has just been read."""
    known = tools.circles.get(edition.id)
    if known is not None and known.version == version and known.edition == edition:
        return known.circle
    if len(tools.circles) >= _MOST:
        tools.circles.clear()
    made = KnownCircle(edition, version, Circle(edition, tools.store.listed(edition.id)))
    tools.circles[edition.id] = made
    return made.circle
