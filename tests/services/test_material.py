"""What is gathered for a batch, and how often the store is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from tests.sample import guest
from tests.services.office import office, opened
from worker.adapters.memory import MemoryStore
from worker.domain.delivery import Claim
from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.person import Presence
from worker.domain.reason import Reason
from worker.domain.suppression import Cause, Suppression
from worker.services.material import gather_material


class AskedStore(MemoryStore):
    """Counts who asks about suppressions."""

    def __init__(self) -> None:
        """Never asked."""
        super().__init__()
        self.asked = 0

    def standing(self, fields: Iterable[str]) -> dict[str, Suppression]:
        """As the twin, counted."""
        self.asked += 1
        return super().standing(fields)


def test_a_batch_asks_once_who_is_suppressed_whatever_its_steps() -> None:
    store = AskedStore()
    tools = replace(office(), store=store)
    names = ("Anne", "Bruno", "Chloe")
    edition = opened(tools, *(guest(name, presence=Presence.PRESENT) for name in names))
    store.suppress(
        Suppression("print-anne@example.org", Cause.UNSUBSCRIBED, store.now(), scope="purpose:invitations")
    )
    claims = tuple(
        Claim(MessageKey(edition.id, step, name.lower()), "token", store.now(), store.now() + timedelta(1), 1)
        for name in names
        for step in ("thank-you", "invitation")
    )

    material = gather_material(tools, claims)

    refused = {str(claim.key): known for claim, known in material.items() if not isinstance(known, Facts)}
    assert refused == {"cafe-12.invitation.anne": Reason.SUPPRESSED}
    assert store.asked == 1
