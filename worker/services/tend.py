"""Chores: wake workers for what is due, end dead leases, look for what needs a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from worker.domain.ledger import Record
from worker.domain.life import Part
from worker.domain.lifecycle import WAITING, State
from worker.domain.notice import HOUSE, NoticeKind
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.domain.share import ALONE
from worker.services.campaign import follow, unapproved
from worker.services.clocks import clocks_agree
from worker.services.dialogue import is_somebody_unfollowed
from worker.services.forwarding import forget_forwarded
from worker.services.notify import notify
from worker.services.telling import is_somebody_untold
from worker.services.tools import Tools

#: Wake up to so many workers for a lane; gives nothing back, and waking too often or not at all is harmless.
Wake = Callable[[Lane, int], None]


def tick(tools: Tools, wake: Wake) -> None:
    """Give back what dead workers held, then call for as many hands as find something to share.

    Not by clocks that disagree: leases would seem to be over, and moments to have come. Others get ticks too.
    """
    if not clocks_agree(tools):
        return
    tools.store.show_life(Part.TICK, "tick")
    tools.store.reap()
    tools.store.leap()
    if tools.store.ledger().held:
        notify(tools, HOUSE, NoticeKind.LEDGER_HELD, {})
        return
    for lane in Lane:
        backlog = tools.store.backlog(lane)
        if backlog:
            wake(lane, ceil(backlog / min(tools.limits.batch, ALONE)))


#: How long an expiry is worth telling.
_RECENT = timedelta(days=3)


def _has_just_expired(record: Record, now: datetime) -> bool:
    return record.reason is Reason.EXPIRED and record.until is not None and record.until > now - _RECENT


def _is_forgotten(record: Record, generation: int) -> bool:
    """Of an older plan than the campaign's: whoever wrote the last one did not finish."""
    return record.state in WAITING and record.generation != generation


def _is_untold(tools: Tools, edition_id: str) -> bool:
    """Whoever changed the invitation did not finish."""
    edition = tools.store.edition(edition_id)
    return edition is not None and is_somebody_untold(tools, edition)


def watch(tools: Tools) -> None:
    """Open a notice for each doubt, poison and expiry of the editions at work; close it when it is settled.

    Mails that were kept for their forward are dropped once it has left.
    """
    forget_forwarded(tools)
    for edition in (name for name in tools.store.editions_at_work() if name != HOUSE):
        records = tools.store.records(edition)
        generation = tools.store.campaign(edition).generation
        forgotten = any(_is_forgotten(record, generation) for record in records)
        if forgotten or _is_untold(tools, edition) or is_somebody_unfollowed(tools, edition, records):
            follow(tools, edition)
        waiting = unapproved(tools, edition)
        found = {
            NoticeKind.UNAPPROVED: waiting.number if waiting else 0,
            NoticeKind.DOUBTS: sum(record.state is State.IN_DOUBT for record in records),
            NoticeKind.POISON: sum(record.reason is Reason.POISON for record in records),
            NoticeKind.EXPIRED: sum(_has_just_expired(record, tools.store.now()) for record in records),
        }
        for kind, number in found.items():
            if number:
                notify(tools, edition, kind, {"messages": str(number)})
            else:
                tools.store.close_notice(edition, kind)
