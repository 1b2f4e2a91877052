"""Gather the facts for claimed messages, and say which of them must not go after all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from worker.domain.answer import Answer, Stance, stance
from worker.domain.audience import Circumstances, hindrance
from worker.domain.changes_told import CHANGE_STEPS
from worker.domain.circle import Circle
from worker.domain.delivery import Claim, Opening, Ration
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.facts import Facts
from worker.domain.follow_ups import FOLLOW_UP_STEPS
from worker.domain.inbound import writers
from worker.domain.notice import HOUSE
from worker.domain.person import Guest
from worker.domain.reason import Reason
from worker.domain.reminders import ORGANIZER_STEPS
from worker.domain.sequence import Audience, Step
from worker.domain.summaries import SUMMARY
from worker.services.answer_sheet import answer_sheet
from worker.services.circles import circle_of
from worker.services.following_up import of_follow_ups
from worker.services.forwarding import STEP as FORWARD
from worker.services.forwarding import of_forward
from worker.services.introduced import NOBODY, Introduced, introduced
from worker.services.invitations import Invitation
from worker.services.material_changes import of_changes
from worker.services.proposing import proposed
from worker.services.resting import resting_of
from worker.services.setting import (
    answers_in_force,
    barred_by_step,
    forbidding,
    guests_of,
    known_edition,
    unconsented_by_step,
)
from worker.services.tools import Tools, as_guest, window

#: Steps whose mails leave outside the sending hours too.
AT_ANY_HOUR = ORGANIZER_STEPS | frozenset(CHANGE_STEPS)

Material = dict[Claim, Facts | Reason]


def gather_material(tools: Tools, claims: tuple[Claim, ...]) -> Material:
    """For each claim of one batch (one edition), what its mail speaks of, or why it must not be sent."""
    if not claims:
        return {}
    if claims[0].key.edition == HOUSE:
        return {claim: _of_house(tools, claim) for claim in claims}
    edition = known_edition(tools.store, claims[0].key.edition)
    organizers = _organizers(tools, edition)
    own = {
        claim: _to_organizer(tools, edition, claim, organizers[claim.key.person])
        for claim in claims
        if _reminds(claim, organizers)
    }
    changes = of_changes(tools, edition, [claim for claim in claims if claim.key.step_name in CHANGE_STEPS])
    follow_ups = of_follow_ups(tools, edition, [c for c in claims if c.key.step_name in FOLLOW_UP_STEPS])
    known = {**own, **changes, **follow_ups}
    return {**known, **_of_guests(tools, edition, [claim for claim in claims if claim not in known])}


def _reminds(claim: Claim, organizers: dict[str, Guest]) -> bool:
    return claim.key.step_name in ORGANIZER_STEPS and claim.key.person in organizers


def _to_organizer(tools: Tools, edition: Edition, claim: Claim, organizer: Guest) -> Facts:
    """A summary counts when it is written, so that it is never older than its mail."""
    if claim.key.step_name != SUMMARY.name or edition.next is None:
        return Facts(edition, organizer)
    sheet = answer_sheet(tools, Invitation(edition, edition.next))
    return Facts(edition, organizer, tally=sheet.tally)


def _organizers(tools: Tools, edition: Edition) -> dict[str, Guest]:
    guests = (as_guest(tools, organizer) for organizer in edition.organizers)
    return {guest.person.id: guest for guest in guests}


def _of_house(tools: Tools, claim: Claim) -> Facts | Reason:
    return of_forward(tools, claim.key) if claim.key.step_name == FORWARD else _of_notice(tools, claim)


def _of_notice(tools: Tools, claim: Claim) -> Facts | Reason:
    number = int(claim.key.step.rpartition("-")[2])
    notice = next((n for n in tools.store.open_notices() if n.number == number), None)
    edition = tools.store.edition(notice.edition) if notice else None
    if notice is None or edition is None:
        return Reason.NOT_ON_LIST
    people = _organizers(tools, edition)
    if tools.ops is not None:
        ops = as_guest(tools, tools.ops)
        people[ops.person.id] = ops
    guest = people.get(claim.key.person)
    return Facts(edition, guest, notice=notice) if guest else Reason.NOT_ON_LIST


def _of_guests(tools: Tools, edition: Edition, claims: list[Claim]) -> Material:
    people = {claim.key.person for claim in claims}
    visits = tools.store.earlier_visits(edition.id, people)
    names = {claim.key.step_name for claim in claims}
    steps = {step.name: step for step in tools.sequence(edition.sequence).steps if step.name in names}
    readers = {c.key.person for c in claims if _introduces(steps.get(c.key.step_name))}
    others = introduced(tools, edition, readers) if readers else {}
    # Whether they agreed to be introduced matters to those steps alone.
    guests = guests_of(tools, edition, people) if readers else tools.store.guests(edition.id, people)
    asks = any(step.unless or _introduces(step) for step in steps.values())
    answers = answers_in_force(tools, edition, people) if asks else {}
    uninvited = tools.store.uninvited(edition.id)
    waiting = writers(tools.store.kept_aside())
    resting = resting_of(tools, edition, readers)
    barred = barred_by_step(tools, edition, steps.values(), guests)
    lacking = unconsented_by_step(tools, edition, steps.values(), people)
    around = {
        name: Circumstances(edition, barred[name], lacking[name], answers, uninvited, waiting, resting)
        for name in steps
    }
    circle, material = circle_of(tools, edition), Material()
    for claim in claims:
        guest, step = guests.get(claim.key.person), steps.get(claim.key.step_name)
        if guest is None or step is None:
            material[claim] = Reason.NOT_ON_LIST
            continue
        known = others.get(guest.person.id, NOBODY) if _introduces(step) else NOBODY
        reason = hindrance(step, guest, around[step.name])
        material[claim] = reason or _facts(edition, guest, visits, known, answers, circle)
    first = {claim: facts for claim, facts in material.items() if _introduces(steps.get(claim.key.step_name))}
    return _with_drafts(
        tools, edition, {**material, **proposed(tools, edition, first)} if first else material
    )


def _with_drafts(tools: Tools, edition: Edition, material: Material) -> Material:
    drafts = tools.store.drafts(edition.id, [claim.key for claim in material])
    own = {
        claim: replace(facts, draft=drafts[claim.key])
        for claim, facts in material.items()
        if isinstance(facts, Facts) and claim.key in drafts
    }
    return {**material, **own} if own else material


def _facts(
    edition: Edition,
    guest: Guest,
    visits: Mapping[str, int],
    known: Introduced,
    answers: Mapping[str, Answer],
    circle: Circle,
) -> Facts:
    person, following = guest.person.id, edition.next
    said = stance(answers.get(person), following.revision_asked) if following else Stance.NONE
    return Facts(
        edition, guest, visits[person], known.partners, place=known.place, answered=said, circle=circle
    )


def _introduces(step: Step | None) -> bool:
    return step is not None and step.audience is Audience.INTRODUCED


class Openings:
    """What the gate must check for the messages of one batch; what they have in common is found out once."""

    def __init__(self, tools: Tools, now: datetime) -> None:
        """For letters dated `now`."""
        self._tools, self._now = tools, now
        self._closes: dict[str, datetime] = {}
        self._steps: dict[tuple[str, str], Step] = {}
        self._rations: dict[tuple[str, str], Ration | None] = {}

    def of(self, claim: Claim, facts: Facts) -> Opening:
        """Whom nothing may forbid, and the last good moment."""
        name, edition = claim.key.step_name, facts.edition
        if name in ORGANIZER_STEPS:
            return Opening(claim, (), claim.until)
        if name in CHANGE_STEPS:
            forbidden = forbidding(self._tools, edition, CHANGE_STEPS[name], facts.guest)
            return Opening(claim, forbidden, claim.until)
        closes = self._closes_at(edition)
        last = min(closes, claim.until) if claim.until else closes
        step = self._step(edition, name)
        people = (facts.guest, *facts.partners)  # whoever wants out is named to nobody from this gate on
        fields = [field for guest in people for field in forbidding(self._tools, edition, step, guest)]
        return Opening(claim, tuple(fields), last, self._ration_of(edition, name))

    def _ration_of(self, edition: Edition, name: str) -> Ration | None:
        key = edition.id, name
        if key not in self._rations:
            self._rations[key] = self._ration(edition, name)
        return self._rations[key]

    def _ration(self, edition: Edition, name: str) -> Ration | None:
        """None for what follows from a person's own words, which is owed."""
        mails = self._tools.limits.caps.per_day
        if not mails or name in FOLLOW_UP_STEPS:
            return None
        return Ration(self._now.astimezone(edition.meeting.zone).date().isoformat(), mails)

    def _closes_at(self, edition: Edition) -> datetime:
        if edition.id not in self._closes:
            self._closes[edition.id] = window(self._tools, edition).closes_after(self._now)
        return self._closes[edition.id]

    def _step(self, edition: Edition, name: str) -> Step:
        key = edition.sequence, name
        if key not in self._steps:
            found = FOLLOW_UP_STEPS.get(name) or self._tools.sequence(edition.sequence).step(name)
            if found is None:
                raise Refused(f"{name!r} is no step of {edition.sequence}.toml: put it back")
            self._steps[key] = found
        return self._steps[key]


def wanted_facts(material: Material) -> Iterable[tuple[Claim, Facts]]:
    """Those that may be composed."""
    return ((claim, facts) for claim, facts in material.items() if isinstance(facts, Facts))
