"""Gather the facts for claimed messages, and say which of them must not go after all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from worker.domain.changes_told import CHANGE_STEPS
from worker.domain.delivery import Claim, Opening, Ration
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.facts import Facts
from worker.domain.follow_ups import FOLLOW_UP_STEPS
from worker.domain.message import without_round
from worker.domain.notice import HOUSE
from worker.domain.person import Guest
from worker.domain.reason import Reason
from worker.domain.reminders import ORGANIZER_STEPS
from worker.domain.sequence import Step
from worker.domain.summaries import SUMMARY
from worker.services.answer_sheet import answer_sheet
from worker.services.following_up import of_follow_ups
from worker.services.forwarding import STEP as FORWARD
from worker.services.forwarding import of_forward
from worker.services.guests_in_hand import Material, of_guests, steps_named
from worker.services.invitations import Invitation
from worker.services.material_changes import of_changes
from worker.services.setting import known, scopes_of
from worker.services.tools import Tools, as_guest, window

__all__ = ["AT_ANY_HOUR", "Material", "Openings", "gather_material", "wanted_facts"]

#: Steps whose mails leave outside the sending hours too.
AT_ANY_HOUR = ORGANIZER_STEPS | frozenset(CHANGE_STEPS)

_OTHER_STEPS = AT_ANY_HOUR | frozenset(FOLLOW_UP_STEPS)


def gather_material(tools: Tools, claims: tuple[Claim, ...]) -> Material:
    """For each claim of one batch (one edition), what its mail speaks of, or why it must not be sent."""
    if not claims:
        return {}
    if claims[0].key.edition == HOUSE:
        return {claim: _of_house(tools, claim) for claim in claims}
    name = claims[0].key.edition
    around = tools.store.surroundings(name, [claim.key for claim in claims])
    edition = known(around.edition, name)
    others = {} if steps_named(claims).isdisjoint(_OTHER_STEPS) else _of_others(tools, edition, claims)
    guests = [claim for claim in claims if claim not in others] if others else claims
    return {**others, **of_guests(tools, edition, around, guests)} if guests else others


def _of_others(tools: Tools, edition: Edition, claims: Sequence[Claim]) -> Material:
    """For the steps that stand in no sequence, and for organizers."""
    organizers = _organizers(tools, edition)
    own = {
        claim: _to_organizer(tools, edition, claim, organizers[claim.key.person])
        for claim in claims
        if _reminds(claim, organizers)
    }
    changes = of_changes(tools, edition, [claim for claim in claims if claim.key.step_name in CHANGE_STEPS])
    follow_ups = of_follow_ups(tools, edition, [c for c in claims if c.key.step_name in FOLLOW_UP_STEPS])
    return {**own, **changes, **follow_ups}


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


class _Terms(NamedTuple):
    """What the gate must ask for every mail of a step, until when, and of what ration."""

    scopes: tuple[str, ...]
    closes: datetime | None = None
    ration: Ration | None = None


class Openings:
    """What the gate must check for the messages of one batch; what they have in common is found out once."""

    def __init__(self, tools: Tools, now: datetime) -> None:
        """For letters dated `now`."""
        self._tools, self._fingerprint, self._now = tools, tools.fingerprint, now
        self._terms: dict[tuple[str, str], _Terms] = {}

    def of(self, claim: Claim, facts: Facts) -> Opening:
        """Whom nothing may forbid, and the last good moment."""
        scopes, closes, ration = self._terms_of(facts.edition, claim.key.step)
        last = claim.until
        if closes is not None and (last is None or closes < last):
            last = closes
        told = (facts.guest, *facts.partners)  # whoever wants out is named to nobody from this gate on
        prints = tuple([self._fingerprint(guest.person.address) for guest in told])
        return Opening(claim, prints, last, ration, scopes)

    def _terms_of(self, edition: Edition, step: str) -> _Terms:
        key = edition.id, step
        if key not in self._terms:
            self._terms[key] = self._found(edition, without_round(step))
        return self._terms[key]

    def _found(self, edition: Edition, name: str) -> _Terms:
        if name in ORGANIZER_STEPS:
            return _Terms(())
        if name in CHANGE_STEPS:
            return _Terms(scopes_of(edition, CHANGE_STEPS[name]))
        closes = window(self._tools, edition).closes_after(self._now)
        return _Terms(scopes_of(edition, self._step(edition, name)), closes, self._ration(edition, name))

    def _ration(self, edition: Edition, name: str) -> Ration | None:
        """None for what follows from a person's own words, which is owed."""
        mails = self._tools.limits.caps.per_day
        if not mails or name in FOLLOW_UP_STEPS:
            return None
        return Ration(self._now.astimezone(edition.meeting.zone).date().isoformat(), mails)

    def _step(self, edition: Edition, name: str) -> Step:
        found = FOLLOW_UP_STEPS.get(name) or self._tools.sequence(edition.sequence).step(name)
        if found is None:
            raise Refused(f"{name!r} is no step of {edition.sequence}.toml: put it back")
        return found


def wanted_facts(material: Material) -> Iterable[tuple[Claim, Facts]]:
    """Those that may be composed."""
    return ((claim, facts) for claim, facts in material.items() if isinstance(facts, Facts))
