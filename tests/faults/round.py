"""One campaign of a run: its people, what is done to it, and the history it leaves."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tests.enlisted import enlist
from tests.faults.crew import FaultyCrew, wait
from tests.faults.history import History, Injected
from tests.faults.misbehaviour import Misbehaviour
from tests.faults.proxy import Proxy
from tests.faults.relay import RoundRelay
from tests.faults.server import Server
from tests.journeys.house import people
from tests.sample import cafe
from worker import bootstrap
from worker.adapters.redis_store import RedisStore
from worker.domain.edition import Edition
from worker.domain.lifecycle import FINAL, State
from worker.domain.reason import Reason
from worker.services import campaign
from worker.services.tools import Tools, window

#: Whose mail kills the process that writes it (see launcher.py).
POISON = "Poison"

#: Real seconds within which a campaign must have ended after its last fault.
BOUND = 600.0

#: Reasons that the campaign itself explains: who came too late to be asked about, an address that bounced before.
_ORDINARY = frozenset({Reason.PRESENCE_MARKED, Reason.SUPPRESSED, Reason.NO_PARTNER})


@dataclass
class Round:
    """A campaign under faults. `interruptions` and the rest are what the faults wrote down about themselves."""

    crew: FaultyCrew
    relay: RoundRelay
    proxy: Proxy
    server: Server
    chance: Random
    number: int
    poisoned: frozenset[str] = frozenset()
    edition: Edition = field(init=False)
    addresses: dict[str, str] = field(default_factory=dict)
    interruptions: int = 0
    causes: frozenset[Reason] = _ORDINARY
    suppressed: dict[str, int] = field(default_factory=dict)
    pauses: list[tuple[int, int]] = field(default_factory=list)

    @property
    def tools(self) -> Tools:
        """The tools of this very process."""
        return bootstrap.tools()

    @property
    def store(self) -> RedisStore:
        """The ledger."""
        return bootstrap.store()

    def invite(self, names: Sequence[str]) -> dict[str, str]:
        """Guests of these first names on the list of an edition just over; gives id to address."""
        self.edition = cafe(self.number)
        guests = people(self.tools, names)
        self.store.set_clock(self.edition.meeting.end)
        self.store.save_edition(self.edition)
        enlist(self.tools, self.edition.id, guests)
        self.addresses = {guest.person.id: guest.person.address for guest in guests}
        self.poisoned = frozenset(g.person.id for g in guests if g.person.first_name == POISON)
        return self.addresses

    def arm(self) -> None:
        """Let it go."""
        campaign.arm(self.tools, self.edition.id)

    def interrupted(self, groups: int) -> None:
        """A fault may leave so many groups in doubt: one for each line to the relay that it touched."""
        self.interruptions += groups

    def restart_redis(self) -> None:
        """SIGKILL, then a start from the append-only file."""
        self.server.restart()

    def entry_count(self) -> int:
        """How many moves the ledger has of this edition."""
        return sum(1 for _ in self.store.entries(self.edition.id))

    def is_over(self) -> bool:
        """Whether nothing waits and nothing is in hand."""
        done = FINAL | {State.IN_DOUBT}
        return all(record.state in done for record in self.store.records(self.edition.id))

    def settle_down(self) -> bool:
        """No more faults; whether it ended within the bound."""
        self.proxy.calm()
        end = time.monotonic() + BOUND
        while not self.is_over() and time.monotonic() < end:
            self.interrupted(2 * self.crew.revive())
            wait(0.2)
        return self.is_over()

    def history(self, bad: Misbehaviour, *, ended: bool) -> History:
        """What it left behind."""
        store, name = self.store, self.edition.id
        injected = Injected(
            interruptions=self.interruptions + bad.after_the_dot,
            causes=self.causes,
            refused=bad.refused,
            poisoned=self.poisoned,
            suppressed=self.suppressed,
            pauses=tuple(self.pauses),
        )
        return History(
            edition=name,
            records=store.records(name),
            entries=tuple(store.entries(name)),
            received=tuple(mail for mail in self.relay.received() if mail.key.startswith(f"{name}.")),
            counts=store.counts(name),
            window=window(self.tools, self.edition),
            group=self.tools.limits.group,
            injected=injected,
            ended=ended,
        )
