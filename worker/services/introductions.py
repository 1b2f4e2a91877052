"""Who is introduced to whom in an edition: drawn while it is a draft, frozen before the first mail, mended after."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from worker.domain.edition import Edition
from worker.domain.gathering import Attendee, Gathering
from worker.domain.introducing import draw
from worker.domain.introductions import IntroductionPlan, Place
from worker.domain.lifecycle import WAITING, State
from worker.domain.mending import mended
from worker.domain.person import Consent, Guest, Presence
from worker.domain.sequence import Audience, Step
from worker.services.resting import fallen_silent, resting_of
from worker.services.setting import barred_by_step, guests_of, unconsented_by_step
from worker.services.tools import Tools


def introducing(tools: Tools, edition: Edition) -> list[Step]:
    """The steps whose mails introduce people."""
    return [s for s in tools.sequence(edition.sequence).steps if s.audience is Audience.INTRODUCED]


def standing_plan(tools: Tools, edition: Edition) -> IntroductionPlan:
    """The frozen plan, or what would be frozen now. Changes nothing."""
    return tools.store.introductions(edition.id) or draft(tools, edition)


def draft(tools: Tools, edition: Edition) -> IntroductionPlan:
    """The plan as it would be frozen now, swaps of the organizer included. Changes nothing."""
    here = here_now(tools, edition)
    silent = fallen_silent(tools, edition, here)
    here = {person: guest for person, guest in here.items() if person not in silent}
    gathering = gather_people(tools, edition, here)
    plan = draw(
        gathering, tools.matcher.heaviest, seed=seed(tools, edition), swaps=tools.store.swaps(edition.id)
    )
    return replace(plan, hosted=plan.hosted | _nameless(here))


def places(tools: Tools, edition: Edition, people: Collection[str]) -> Mapping[str, Place]:
    """Where these people stand in the frozen plan, which is frozen now if it was not: the first mail is at hand."""
    known = tools.store.places(edition.id, people)
    if known is None:
        freeze(tools, edition)
        known = tools.store.places(edition.id, people)
    return known or {}


def freeze(tools: Tools, edition: Edition) -> None:
    """Keep the plan with its reasons, for good. Where two do this at once, the first one's stands for both."""
    tools.store.freeze_introductions(replace(draft(tools, edition), frozen=tools.store.now()))


@dataclass(frozen=True, slots=True)
class Mending:
    """A frozen plan before and after it was mended; both the same, or None, when there was nothing to do."""

    before: IntroductionPlan | None = None
    after: IntroductionPlan | None = None

    @property
    def touched(self) -> frozenset[str]:
        """Those whose names changed."""
        if self.before is None or self.after is None:
            return frozenset()
        return frozenset(person for two in self.before.pairs ^ self.after.pairs for person in two)


NOT_MENDED = Mending()


def mend(tools: Tools, edition: Edition, last: Mending = NOT_MENDED) -> Mending:
    """Follow who left and who came, if the plan is frozen. Planning calls it before it writes its own plan.

    Called again because a mail overtook the `last` mending, it begins from the plan that this mail was written from.
    """
    while True:
        stands = tools.store.introductions(edition.id)
        if stands is None:
            return NOT_MENDED
        undone = last.before if last.after and last.after.version == stands.version else None
        after = _mended(tools, edition, undone or stands)
        if (after.pairs, after.hosted) == (stands.pairs, stands.hosted):
            return Mending(stands, stands)
        after = replace(after, version=stands.version + 1)
        if tools.store.mend_introductions(after):
            return Mending(undone or stands, after)


def overtaken(tools: Tools, edition: Edition, mending: Mending) -> bool:
    """Whether a mail left with names that were changed meanwhile, before planning could hold it."""
    return bool(mending.touched and mending.touched & written_to(tools, edition))


def _mended(tools: Tools, edition: Edition, plan: IntroductionPlan) -> IntroductionPlan:
    here = here_now(tools, edition)
    nameless = _nameless(here)
    after = mended(
        replace(plan, hosted=plan.hosted - nameless),
        gather_people(tools, edition, here),
        written_to(tools, edition),
        seed=seed(tools, edition),
    )
    return replace(after, hosted=after.hosted | nameless)


def written_to(tools: Tools, edition: Edition) -> frozenset[str]:
    """Those whose introducing mail has left, or may have: what it says is said."""
    names = {step.name for step in introducing(tools, edition)}
    open_states = WAITING | {State.CLAIMED, State.SKIPPED}
    records = (r for r in tools.store.records(edition.id) if r.key.step_name in names)
    return frozenset(record.key.person for record in records if record.state not in open_states)


def here_now(tools: Tools, edition: Edition, people: Collection[str] | None = None) -> dict[str, Guest]:
    """Who was there, agreed to be introduced, may be written to and does not rest: of all, or of these, by id."""
    came = {
        person: guest
        for person, guest in guests_of(tools, edition, people).items()
        if guest.presence is Presence.PRESENT and guest.introduced is Consent.GIVEN
    }
    steps = introducing(tools, edition)
    barred = frozenset[str]().union(*barred_by_step(tools, edition, steps, came).values())
    lacking = set[str]().union(*unconsented_by_step(tools, edition, steps, came).values())
    out = barred | lacking | resting_of(tools, edition, came)
    return {person: guest for person, guest in came.items() if person not in out}


def _nameless(here: Mapping[str, Guest]) -> frozenset[str]:
    """Somebody without any name cannot be named to others: the host introduces them."""
    return frozenset(p for p, guest in here.items() if not (guest.person.name or guest.person.first_name))


def gather_people(tools: Tools, edition: Edition, here: Mapping[str, Guest]) -> Gathering:
    """These people with what is known between them, from all editions."""
    store, nameless = tools.store, _nameless(here)
    series = [other.id for other in store.editions(edition.series.id)]
    before = [e.id for e in store.editions(edition.series.id) if e.meeting.number < edition.meeting.number]
    attendances = store.attendances(before)
    earlier = {p: frozenset(e for e, there in attendances.items() if p in there) for p in here}
    told = store.suggested({*series, *store.editions_ever()} - {edition.id})
    return Gathering(
        edition.id,
        tuple(_attendee(here[p], edition, earlier[p]) for p in here if p not in nameless),
        store.wishes([*before, edition.id]),
        frozenset(exclusion.pair for exclusion in store.exclusions()),
        frozenset(two for two in told if two[0] in here and two[1] in here),
    )


def _attendee(guest: Guest, edition: Edition, earlier: frozenset[str]) -> Attendee:
    """Who says nothing of languages speaks the one of their mails and, having been there, the edition's."""
    spoken = guest.languages or (guest.person.language, edition.language)
    return Attendee(
        guest.person.id,
        guest.organisation,
        guest.sector,
        guest.interests,
        frozenset(spoken),
        guest.table,
        earlier,
    )


def seed(tools: Tools, edition: Edition) -> str:
    """Draws the lots of this series: the same in every process of this house, unknown outside it."""
    return tools.fingerprint(f"introductions@{edition.series.id}.invalid")
