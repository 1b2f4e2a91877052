"""Nothing is taken in hand while clocks disagree: a server that jumped ahead would send early, or expire too soon."""

from __future__ import annotations

from worker.domain.clocks import Trust
from worker.domain.notice import HOUSE, NoticeKind
from worker.services.notify import notify
from worker.services.tools import Tools


def clocks_agree(tools: Tools) -> bool:
    """Whether this worker may act on what time it is. The first time it may not, somebody is told; once."""
    before, now = tools.clocks.look()
    if now.fault and not before.fault:
        _tell(tools, now)
    elif before.fault and not now.fault:
        _take_back(tools)
    return now.fault is None


def _tell(tools: Tools, trust: Trust) -> None:
    details = {"place": tools.clocks.place, "seconds": f"{trust.by:+.0f}"}
    notify(tools, HOUSE, NoticeKind.CLOCKS, details)


def _take_back(tools: Tools) -> None:
    for notice in tools.store.open_notices():
        if notice.kind is NoticeKind.CLOCKS and notice.details.get("place") == tools.clocks.place:
            tools.store.close_notice(notice.edition, notice.kind)
