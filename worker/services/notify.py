"""Tell organizers and ops what needs them: once, on the urgent lane, and in `apres todo` until it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from worker.domain.campaign import Status
from worker.domain.edition import Organizer
from worker.domain.message import MessageKey
from worker.domain.notice import HOUSE, Notice, NoticeKind
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.sequence import Doubt, Lane
from worker.ports import Policy
from worker.services.tools import Tools, as_guest


def notify(tools: Tools, edition_id: str, kind: NoticeKind, details: Mapping[str, str]) -> Notice | None:
    """Open a notice and mail it to the edition's organizers and to ops; None when it is open already.

    While nothing can be mailed (the relay is paused) the mail waits in the schedule and `apres todo` shows it.
    """
    notice = tools.store.raise_notice(Notice(edition_id, kind, tools.store.now(), details=dict(details)))
    if notice is None:
        return None
    now, recipients = tools.store.now(), _recipients(tools, edition_id)
    keys = [
        MessageKey(HOUSE, f"notice-{notice.number}", as_guest(tools, who).person.id) for who in recipients
    ]
    plan = Plan(HOUSE, tuple(Wanted(key, due=now) for key in dict.fromkeys(keys)))
    tools.store.plan(plan, {"notice": Policy(Lane.URGENT, Doubt.AGAIN)}, reason=Reason.PLANNED)
    tools.store.steer(replace(tools.store.campaign(HOUSE), status=Status.ARMED))
    return notice


def _recipients(tools: Tools, edition_id: str) -> tuple[Organizer, ...]:
    edition = tools.store.edition(edition_id)
    organizers = edition.organizers if edition else ()
    return (*organizers, tools.ops) if tools.ops else organizers
