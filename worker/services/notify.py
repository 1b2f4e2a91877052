"""Tell organizers and ops what needs them: once, on the urgent lane, and in `apres todo` until it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from worker.domain.campaign import Status
from worker.domain.edition import Organizer
from worker.domain.ledger import Policy
from worker.domain.message import MessageKey
from worker.domain.notice import HOUSE, Notice, NoticeKind
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.sequence import Doubt, Lane
from worker.services.tools import Tools, as_guest


def notify(tools: Tools, edition_id: str, kind: NoticeKind, details: Mapping[str, str]) -> Notice | None:
    """Open a notice and mail it to the edition's organizers and to ops; None when it is open already.

    While nothing can be mailed (the relay is paused) the mail waits in the schedule and `apres todo` shows it.
    One that is open already is planned again, which is harmless: whoever opened it may have died before mailing it.
    """
    about = _told_to_somebody(tools, edition_id)
    raised = tools.store.raise_notice(Notice(about, kind, tools.store.now(), details=dict(details)))
    _mail(tools, raised or _open_one(tools, about, kind))
    return raised


def _told_to_somebody(tools: Tools, edition_id: str) -> str:
    """A matter of the house is told to the organizers of the first edition at work: no mail speaks of no edition."""
    if edition_id != HOUSE:
        return edition_id
    return next((name for name in tools.store.editions_at_work() if name != HOUSE), HOUSE)


def _open_one(tools: Tools, edition_id: str, kind: NoticeKind) -> Notice | None:
    notices = tools.store.open_notices()
    return next((n for n in notices if (n.edition, n.kind) == (edition_id, kind)), None)


def _mail(tools: Tools, notice: Notice | None) -> None:
    if notice is None:
        return
    now, recipients = tools.store.now(), _recipients(tools, notice.edition)
    keys = [
        MessageKey(HOUSE, f"notice-{notice.number}", as_guest(tools, who).person.id) for who in recipients
    ]
    plan = Plan(HOUSE, tuple(Wanted(key, due=now) for key in dict.fromkeys(keys)))
    tools.store.plan(plan, {"notice": Policy(Lane.URGENT, Doubt.AGAIN)}, reason=Reason.PLANNED)
    tools.store.steer(replace(tools.store.campaign(HOUSE), status=Status.ARMED))


def _recipients(tools: Tools, edition_id: str) -> tuple[Organizer, ...]:
    edition = tools.store.edition(edition_id)
    organizers = edition.organizers if edition else ()
    return (*organizers, tools.ops) if tools.ops else organizers
