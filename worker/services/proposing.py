"""What the first mail of an introduction says: names where people agreed to that, else a description and a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from worker.domain.delivery import Claim
from worker.domain.dialogue import Asked, last_day
from worker.domain.edition import Edition, Naming
from worker.domain.facts import Facts
from worker.domain.follow_ups import day_to_meet
from worker.domain.introductions import IntroductionPlan
from worker.domain.person import Guest
from worker.domain.portrait import ANYBODY, Portrait, Room, portrait
from worker.domain.reason import Reason
from worker.ports.dialogues import Uttered
from worker.services.setting import guests_of
from worker.services.tools import Tools

#: Letters in place of the step's own.
ASK, HOST = "ask", "host"

Portraits = Mapping[str, Mapping[str, Portrait]]


def proposed(
    tools: Tools, edition: Edition, found: Mapping[Claim, Facts | Reason]
) -> dict[Claim, Facts | Reason]:
    """The same with the letter each reader gets; what it tells them is kept before it is written."""
    wanted = {claim: facts for claim, facts in found.items() if isinstance(facts, Facts)}
    named = edition.introductions.mode is Naming.NAMED
    tell = _tell if named else _ask
    return {**found, **tell(tools, edition, wanted)}


def _tell(tools: Tools, edition: Edition, wanted: Mapping[Claim, Facts]) -> dict[Claim, Facts]:
    mails = {
        claim.key.person: Uttered(named=frozenset(partner.person.id for partner in facts.partners))
        for claim, facts in wanted.items()
        if facts.partners
    }
    tools.store.utter(edition.id, mails)
    return {claim: with_names(tools, facts) for claim, facts in wanted.items()}


def with_names(tools: Tools, facts: Facts) -> Facts:
    """The letter that names them, or the host's where there is nobody to name."""
    day = day_to_meet(tools.store.now().astimezone(facts.edition.meeting.zone).date())
    return replace(facts, letter="" if facts.partners else HOST, by=day)


def _ask(tools: Tools, edition: Edition, wanted: Mapping[Claim, Facts]) -> dict[Claim, Facts]:
    readers = {claim.key.person: facts for claim, facts in wanted.items() if facts.partners}
    portraits = _portraits(tools, edition, readers)
    mails = {
        person: Uttered({p.person.id: portraits[person].get(p.person.id, ANYBODY) for p in facts.partners})
        for person, facts in readers.items()
    }
    tools.store.utter(edition.id, mails)
    voices = tools.store.voices(edition.id, readers)
    return {
        claim: _asking(tools, facts, [voices[claim.key.person].asked[p.person.id] for p in facts.partners])
        for claim, facts in wanted.items()
    }


def _asking(tools: Tools, facts: Facts, asked: list[Asked]) -> Facts:
    """No name is left in these facts: what a letter does not have it cannot say."""
    if not asked:
        return with_names(tools, facts)
    day = last_day(tools.store.now(), facts.edition.meeting.zone).date()
    described = tuple(sorted(asked, key=lambda each: each.number))
    return replace(facts, partners=(), letter=ASK, described=described, by=day)


def _portraits(tools: Tools, edition: Edition, readers: Mapping[str, Facts]) -> Portraits:
    """As they were kept with the plan; drawn now where a name came in since."""
    kept = tools.store.portraits(edition.id, readers)
    wanted = {person: {p.person.id for p in facts.partners} for person, facts in readers.items()}
    if any(others - kept.get(person, {}).keys() for person, others in wanted.items()):
        plan = tools.store.introductions(edition.id)
        kept = draw_portraits(tools, edition, plan) if plan else kept
    return {person: kept.get(person, {}) for person in readers}


def describe(tools: Tools, edition: Edition) -> None:
    """Describe everybody anew after any change of who was there, should the plan be frozen."""
    plan = tools.store.introductions(edition.id)
    if plan is not None and edition.introductions.mode is Naming.ASK_FIRST:
        draw_portraits(tools, edition, plan)


def draw_portraits(tools: Tools, edition: Edition, plan: IntroductionPlan) -> Portraits:
    """How everybody in the plan is described to those who would be told of them, and keep it."""
    drawn = portraits_of(edition, plan, guests_of(tools, edition))
    tools.store.save_portraits(edition.id, drawn)
    return drawn


def portraits_of(edition: Edition, plan: IntroductionPlan, guests: Mapping[str, Guest]) -> Portraits:
    """How each person's partners in the plan are described to them."""
    room, crowd = Room(guests.values()), edition.introductions.at_least
    return {
        person: {
            other: portrait(guests[person], guests[other], room, crowd)
            for other in place.names
            if other in guests
        }
        for person, place in plan.places.items()
        if person in guests
    }


def as_previewed(tools: Tools, facts: Facts, portraits: Mapping[str, Portrait]) -> Facts:
    """The letter as it would leave now; nothing is kept."""
    if facts.edition.introductions.mode is Naming.NAMED:
        return with_names(tools, facts)
    described = [
        Asked(number, portraits.get(partner.person.id, ANYBODY))
        for number, partner in enumerate(facts.partners, 1)
    ]
    return _asking(tools, facts, described)
