"""Three people, and a worker who sends what is due to them."""

from __future__ import annotations

from datetime import timedelta

from tests.sample import guest
from tests.services.office import store_of
from worker.domain.person import Consent, Presence
from worker.domain.sequence import Lane
from worker.services.deliver import deliver_batch
from worker.services.tools import Tools

ANNE = guest("Anne", presence=Presence.PRESENT, introduced=Consent.GIVEN)


BRUNO = guest("Bruno", presence=Presence.PRESENT, introduced=Consent.GIVEN)


def deliver_all(tools: Tools) -> None:
    """Work through the whole campaign, leaping from due moment to due moment."""
    idle = 0
    while idle < 2:
        taken = sum(deliver_batch(tools, lane, go_on=lambda: True) for lane in Lane)
        store_of(tools).memory.real += timedelta(minutes=6)  # longer than any breaker
        before, now = tools.store.now(), tools.store.leap()
        idle = 0 if taken or now > before else idle + 1
