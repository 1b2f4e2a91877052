"""What organizers decide about introductions, and what they may know: swaps, exclusions, wishes, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.introduction_figures import Figures, figures
from worker.domain.introductions import Exclusion, IntroductionPlan, Suggestion, Swap, pair
from worker.domain.person import Guest
from worker.domain.ties import Obstacle, Ties
from worker.services.campaign import follow
from worker.services.introductions import draft, gather_people, here_now, seed, standing_plan
from worker.services.taking_part import Part, part_of
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Overview:
    """A plan, its numbers, and the swaps that could not be kept."""

    plan: IntroductionPlan
    figures: Figures
    unkept: tuple[Swap, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Two people: whether each takes part, what forbids it, what it would be worth, whether it is planned."""

    parts: tuple[Part, ...] = ()
    obstacle: Obstacle | None = None
    tie: Suggestion | None = None
    planned: Suggestion | None = None

    @property
    def missing(self) -> tuple[Part, ...]:
        """Who takes no part."""
        return tuple(part for part in self.parts if part.hindrance)


def overview(tools: Tools, edition: Edition) -> Overview:
    """The frozen plan, or what would be frozen now. Changes nothing."""
    plan = standing_plan(tools, edition)
    told = gather_people(tools, edition, here_now(tools, edition)).told
    return Overview(plan, figures(plan, len(told)), _unkept(plan, tools.store.swaps(edition.id)))


def _unkept(plan: IntroductionPlan, swaps: Sequence[Swap]) -> tuple[Swap, ...]:
    """Swaps that neither hold nor were swapped away again later."""
    undone = {(swap.person, swap.dropped) for swap in swaps}
    return tuple(
        swap
        for swap in swaps
        if pair(swap.person, swap.chosen) not in plan.pairs and (swap.person, swap.chosen) not in undone
    )


def explain(tools: Tools, edition: Edition, a: Guest, b: Guest) -> Explanation:
    """Why these two are, or are not, introduced. Changes nothing."""
    here = here_now(tools, edition)
    plan = standing_plan(tools, edition)
    both = pair(a.person.id, b.person.id)
    planned = next((one for one in plan.suggestions if one.pair == both), None)
    ties = Ties(gather_people(tools, edition, here), seed(tools, edition))
    parts = tuple(part_of(tools, edition, guest.person.id) for guest in (a, b))
    if not ties.number.keys() >= set(both):
        return Explanation(parts, planned=planned)
    i, j = (ties.number[person] for person in both)
    return Explanation(parts, ties.obstacle(i, j), ties.suggestion(i, j, 0), planned)


def swap(tools: Tools, edition: Edition, person: Guest, dropped: Guest, chosen: Guest) -> IntroductionPlan:
    """Let this person meet the chosen one instead; gives the new draft. Refused once frozen, or where forbidden."""
    if tools.store.introductions(edition.id) is not None:
        raise Refused(f"the introductions of {edition.id} are frozen: their mails are leaving")
    wanted = Swap(person.person.id, dropped.person.id, chosen.person.id)
    before = draft(tools, edition)
    if pair(wanted.person, wanted.dropped) not in before.pairs:
        raise Refused(
            f"{person.person.name} and {dropped.person.name} are not introduced: see apres introduce plan {edition.id}"
        )
    kept = tools.store.swaps(edition.id)
    tools.store.save_swaps(edition.id, (*kept, wanted))
    after = draft(tools, edition)
    if pair(wanted.person, wanted.chosen) in after.pairs and wanted.dropped != wanted.chosen:
        return after
    tools.store.save_swaps(edition.id, kept)
    raise Refused(
        f"{person.person.name} and {chosen.person.name} cannot be introduced: see "
        f"apres introduce explain {edition.id}"
    )


def forbid(tools: Tools, edition: Edition, a: Guest, b: Guest) -> bool:
    """Never introduce these two, in any edition, and say so to nobody; False when it stood already."""
    new = tools.store.keep_apart(Exclusion(*_two(a, b), tools.store.now()))
    follow(tools, edition.id)
    return new


def allow(tools: Tools, edition: Edition, a: Guest, b: Guest) -> None:
    """Take an organizer's exclusion back. Refused when there is none; what one of the two asked for stands."""
    if not tools.store.let_meet(_two(a, b)):
        raise Refused(f"no organizer forbade to introduce {a.person.name} and {b.person.name}")
    follow(tools, edition.id)


def wish(tools: Tools, edition: Edition, person: Guest, other: Guest) -> None:
    """Keep that this person would like to see the other again, who is never told unless they wish it too."""
    _two(person, other)
    tools.store.wish(edition.id, person.person.id, other.person.id)


def unwish(tools: Tools, edition: Edition, person: Guest, other: Guest) -> None:
    """Take it back. Refused when it was not wished in this edition."""
    if not tools.store.unwish(edition.id, person.person.id, other.person.id):
        raise Refused(f"{person.person.name} did not wish to see {other.person.name} again in {edition.id}")


def _two(a: Guest, b: Guest) -> tuple[str, str]:
    if a.person.id == b.person.id:
        raise Refused(f"name two different people: both are {a.person.name}")
    return pair(a.person.id, b.person.id)
