"""Whose yes a plan needs: an organizer's for another sequence or list, nobody's for what follows from people's acts."""

from __future__ import annotations

from hashlib import sha256

from worker.domain.approval import Approval, Change, approved_part
from worker.domain.edition import Edition
from worker.domain.plan import Plan
from worker.domain.planning import Setting
from worker.services.tools import Tools


def approve(tools: Tools, edition: Edition) -> None:
    """An organizer lets go what sequence and list ask for now."""
    tools.store.approve(edition.id, _as_it_is(tools, edition))


def is_approved(tools: Tools, edition: Edition) -> bool:
    """Whether sequence and list are those that were let go; what was let go before this was kept is."""
    before = tools.store.approval(edition.id)
    if before is None:
        return True
    alike = before.sequence == _sequence(tools, edition)
    same_list = before.version == tools.store.guests_version(edition.id)
    return alike and (same_list or before == _as_it_is(tools, edition))


def without_a_new_yes(tools: Tools, setting: Setting, plan: Plan) -> Plan:
    """Of this plan what may be written though nobody looks."""
    edition, before = setting.edition, tools.store.approval(setting.edition.id)
    if before is None or is_approved(tools, edition):
        return plan
    own = {step.name for step in setting.sequence.steps}
    owed = {decision.key.step_name for decision in plan.decisions} - own
    return approved_part(
        plan, tools.store.records(edition.id), Change(before, _as_it_is(tools, edition), owed)
    )


def _as_it_is(tools: Tools, edition: Edition) -> Approval:
    version, guests = tools.store.guests_version(edition.id), tools.store.guests(edition.id)
    people = {person: guest.presence for person, guest in guests.items()}
    return Approval(_sequence(tools, edition), people, version)


def _sequence(tools: Tools, edition: Edition) -> str:
    return sha256(repr(tools.sequence(edition.sequence)).encode()).hexdigest()[:16]
