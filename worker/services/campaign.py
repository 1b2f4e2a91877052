"""What organizers do with a campaign: plan, arm, undo, trigger, pause, resume, cancel; and re-plan after a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from worker.domain.campaign import AT_WORK, Campaign, Status
from worker.domain.changes_told import CHANGE_STEPS
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.follow_ups import FOLLOW_UP_STEPS
from worker.domain.ledger import Policy, Record
from worker.domain.lifecycle import UNSENT, State
from worker.domain.plan import Plan, Unwanted
from worker.domain.planning import Setting, draw
from worker.domain.reason import Reason
from worker.domain.summaries import SUMMARY
from worker.ports import Store
from worker.services.approving import approve, is_approved, without_a_new_yes
from worker.services.changes import Changes, changes
from worker.services.introductions import NOT_MENDED, mend, overtaken
from worker.services.proposing import describe
from worker.services.resting import let_rest
from worker.services.setting import gather, known_edition, policies_of
from worker.services.telling import is_somebody_untold
from worker.services.tools import Tools

#: What of a plan is written, of all that its setting asks for.
Part = Callable[[Setting, Plan], Plan]


def _all_of(_setting: Setting, plan: Plan) -> Plan:
    return plan


def preview_plan(tools: Tools, edition: Edition) -> Plan:
    """The plan as it would be written now. Changes nothing."""
    return draw(gather(tools, edition, ended_at=tools.store.campaign(edition.id).ended_at))


def arm(tools: Tools, edition_id: str) -> Campaign:
    """Write the plan and let it go after the undo minute. Refused when armed already, or cancelled for good."""
    edition, campaign = known_edition(tools.store, edition_id), tools.store.campaign(edition_id)
    if campaign.status is not Status.DRAFT:
        raise Refused(f"{edition_id} is {campaign.status} already; see: apres status {edition_id}")
    approve(tools, edition)
    write_plan(tools, edition, campaign, Reason.PLANNED)
    armed = replace(
        campaign, status=Status.ARMED, hold_until=tools.store.now() + tools.limits.undo, because=""
    )
    _steer(tools, armed, campaign)
    return armed


def write_plan(
    tools: Tools, edition: Edition, campaign: Campaign, reason: Reason, part: Part = _all_of
) -> Plan:
    """Mend introductions and make the unsent messages be this plan, or its part.

    Again when another plan, or a mail, came first.
    """
    mending = NOT_MENDED
    while True:
        since = tools.store.campaign(
            edition.id
        ).generation  # first: whatever is read after it is at least as new
        let_rest(tools, edition)
        mending = mend(tools, edition, mending)
        describe(tools, edition)
        setting = gather(tools, edition, ended_at=campaign.ended_at)
        drawn = draw(setting)
        whole = replace(drawn, since=since, steps=drawn.steps | _steps_written(tools, edition))
        plan = part(setting, whole)
        written = tools.store.plan(plan, policies(setting), reason=reason) >= 0
        if written and not is_somebody_untold(tools, edition) and not overtaken(tools, edition, mending):
            return plan
        edition, campaign = known_edition(tools.store, edition.id), tools.store.campaign(edition.id)


def _steps_written(tools: Tools, edition: Edition) -> frozenset[str]:
    """Steps that earlier plans knew: one taken out of the sequence must not leave its messages waiting for ever."""
    return frozenset(record.key.step_name for record in tools.store.records(edition.id))


def policies(setting: Setting) -> dict[str, Policy]:
    """What the ledger must know of each step."""
    reminding = (reminder.step for reminder in setting.reminders)
    own = (SUMMARY, *CHANGE_STEPS.values(), *FOLLOW_UP_STEPS.values())
    steps = (*setting.sequence.steps, *reminding, *own)
    return policies_of(setting.edition, steps)


def reschedule(tools: Tools, edition_id: str) -> Plan | None:
    """Re-plan what has not left, as an organizer approved: edition, guests, sequence as they are; None for a draft.

    One atomic move: what is in a worker's hands is turned back at the gate and takes the new plan.
    """
    campaign = tools.store.campaign(edition_id)
    if campaign.status not in AT_WORK:
        return None
    edition = known_edition(tools.store, edition_id)
    approve(tools, edition)
    return write_plan(tools, edition, campaign, Reason.REPLANNED)


def follow(tools: Tools, edition_id: str) -> Plan | None:
    """The same after what people did, without asking: a change of sequence or list that nobody approved stays out."""
    campaign = tools.store.campaign(edition_id)
    if campaign.status not in AT_WORK:
        return None
    edition = known_edition(tools.store, edition_id)
    return write_plan(tools, edition, campaign, Reason.REPLANNED, partial(without_a_new_yes, tools))


def unapproved(tools: Tools, edition_id: str) -> Changes | None:
    """What waits for an organizer's yes, or None."""
    edition = known_edition(tools.store, edition_id)
    if is_approved(tools, edition):
        return None
    differences = changes(preview_plan(tools, edition), tools.store.records(edition_id))
    return None if differences.none else differences


def undo(tools: Tools, edition_id: str) -> None:
    """Within the undo minute: nothing was sent, nothing will be. Refused afterwards."""
    campaign = tools.store.campaign(edition_id)
    if (
        campaign.status is not Status.ARMED
        or campaign.hold_until is None
        or campaign.hold_until <= tools.store.now()
    ):
        raise Refused(
            f"the minute to undo is over or {edition_id} is not armed: use apres pause or apres cancel"
        )
    _steer(tools, replace(campaign, status=Status.DRAFT, hold_until=None, ended_at=None), campaign)
    _drop(tools, edition_id, Reason.UNDONE)


def trigger(tools: Tools, edition_id: str) -> Campaign:
    """Declare the edition over now: every delay counts from here. Refused when not armed; the undo minute stays."""
    campaign = tools.store.campaign(edition_id)
    if campaign.status is not Status.ARMED:
        raise Refused(
            f"{edition_id} is not armed, nothing may start: read apres plan {edition_id}, then apres arm"
        )
    if unapproved(tools, edition_id):
        raise Refused(f"{edition_id} would change: approve that first, with apres reschedule {edition_id}")
    started = replace(campaign, ended_at=tools.store.now())
    _steer(tools, started, campaign)
    write_plan(tools, known_edition(tools.store, edition_id), started, Reason.REPLANNED)
    return started


def pause(tools: Tools, edition_id: str, because: str = "") -> tuple[Record, ...]:
    """Stop every message whose gate has not passed; gives those that may be leaving all the same."""
    campaign = tools.store.campaign(edition_id)
    if campaign.status is not Status.ARMED:
        raise Refused(f"{edition_id} is {campaign.status}: only an armed campaign can be paused")
    _steer(tools, replace(campaign, status=Status.PAUSED, because=because), campaign)
    return leaving(tools.store, edition_id)


def leaving(store: Store, edition_id: str) -> tuple[Record, ...]:
    """The messages past their gate without a reply yet: the relay may have them, nothing can hold them."""
    return tuple(record for record in store.records(edition_id) if record.state is State.SENDING)


def resume(tools: Tools, edition_id: str) -> Plan | None:
    """Go on with what is still wanted, planned anew for now."""
    campaign = tools.store.campaign(edition_id)
    if campaign.status is not Status.PAUSED:
        raise Refused(f"{edition_id} is {campaign.status}: only a paused campaign can be resumed")
    plan = follow(tools, edition_id)
    _steer(tools, replace(campaign, status=Status.ARMED, because=""), campaign)
    return plan


def cancel(tools: Tools, edition_id: str) -> int:
    """Nothing more leaves, ever; gives how many messages that stops. What was sent stays sent."""
    campaign = tools.store.campaign(edition_id)
    if campaign.status not in AT_WORK:
        raise Refused(f"{edition_id} is {campaign.status}: there is nothing to cancel")
    _steer(tools, replace(campaign, status=Status.CANCELLED), campaign)
    return _drop(tools, edition_id, Reason.CANCELLED)


def _steer(tools: Tools, campaign: Campaign, after: Campaign) -> None:
    if not tools.store.steer(campaign, after=after):
        raise Refused(
            f"somebody else changed {campaign.edition} at this moment: see apres status {campaign.edition}"
        )


def _drop(tools: Tools, edition_id: str, reason: Reason) -> int:
    unsent = [r.key for r in tools.store.records(edition_id) if r.state in UNSENT]
    tools.store.plan(Plan(edition_id, tuple(Unwanted(key, reason) for key in unsent)), {}, reason=reason)
    return len(unsent)
