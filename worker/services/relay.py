"""Let mail flow again after the relay refused us."""

from __future__ import annotations

from worker.domain.notice import NoticeKind
from worker.services.tools import Tools


def resume_relay(tools: Tools) -> bool:
    """Claims go on and nobody is asked any more; False when it was not paused."""
    for notice in tools.store.open_notices():
        if notice.kind is NoticeKind.RELAY_PAUSED:
            tools.store.close_notice(notice.edition, notice.kind)
    return tools.store.resume_relay()
