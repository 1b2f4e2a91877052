"""A look at whether work stands still though the relay, the ledger, campaigns and clocks allow it."""

from __future__ import annotations

from collections.abc import Collection

from worker.domain.sequence import Lane
from worker.domain.stall import Vigil
from worker.services.tools import Tools


def look(tools: Tools, lanes: Collection[Lane], vigil: Vigil, now: float) -> Vigil:
    """The vigil after one look at these lanes, at `now` on a steady clock."""
    return vigil.look(_waiting(tools, lanes), tools.store.pulse(), now)


def _waiting(tools: Tools, lanes: Collection[Lane]) -> int:
    """Messages that somebody should have taken in hand by now."""
    relay = tools.store.relay_state()
    if relay.paused or relay.wait or tools.store.ledger().held or tools.clocks.look()[1].fault:
        return 0
    return sum(tools.store.backlog(lane) for lane in lanes)
