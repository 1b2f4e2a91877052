"""What the mail of a change speaks of: what this person was told before, and what is so now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from worker.domain.audience import Circumstances, hindrance
from worker.domain.changes_told import CHANGE_STEPS, REINVITE, UNINVITE, UPDATE, Told
from worker.domain.delivery import Claim
from worker.domain.edition import Edition
from worker.domain.facts import Facts
from worker.domain.person import Guest
from worker.domain.reason import Reason
from worker.services.setting import answers_in_force, barred_by_step, unconsented_by_step
from worker.services.telling import told
from worker.services.tools import Tools


def of_changes(tools: Tools, edition: Edition, claims: Sequence[Claim]) -> dict[Claim, Facts | Reason]:
    """Facts for each claim of a change's step, or why there is nothing to tell after all."""
    if not claims:
        return {}
    people = {claim.key.person for claim in claims}
    guests, known = tools.store.guests(edition.id, people), told(tools, edition, people)
    answers = answers_in_force(tools, edition, people)
    barred = barred_by_step(tools, edition, CHANGE_STEPS.values(), guests)
    lacking = unconsented_by_step(tools, edition, CHANGE_STEPS.values(), guests)
    return {
        claim: _facts(
            edition,
            claim,
            guests,
            Circumstances(
                edition,
                uninvited=known.uninvited if claim.key.step_name != UNINVITE.name else frozenset(),
                suppressed=barred[claim.key.step_name],
                unconsented=lacking[claim.key.step_name],
                answers=answers,
            ),
            known,
        )
        for claim in claims
    }


def _facts(
    edition: Edition, claim: Claim, guests: Mapping[str, Guest], circumstances: Circumstances, known: Told
) -> Facts | Reason:
    person, step = claim.key.person, CHANGE_STEPS[claim.key.step_name]
    if person not in guests or edition.next is None:
        return Reason.NOT_ON_LIST
    reason = hindrance(step, guests[person], circumstances)
    if reason is not None:
        return reason
    turn, before = (
        known.turns.get(person, 0),
        edition.next.as_of(known.held.get(person, edition.next.version)),
    )
    if step is REINVITE:
        return Facts(edition, guests[person], turn=turn) if person in known.again else Reason.SUPERSEDED
    if step is not UPDATE:
        return Facts(edition, guests[person], off=before, turn=turn)
    if before.version == edition.next.version:
        return Reason.SUPERSEDED
    return Facts(edition, guests[person], was=before, turn=turn)
