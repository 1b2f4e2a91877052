"""One campaign of a run: its people, what is done to it, and the history it leaves."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
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
from worker.domain.ledger import Record
from worker.domain.lifecycle import FINAL, State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason
from worker.services import campaign
from worker.services.tools import Tools, window

#: Real seconds within which a campaign must have ended after its last fault.
BOUND = 600.0

#: A campaign beside that of the round: its number is so much higher, and its Café ended so long before.
_BESIDE, _EARLIER = 1000, timedelta(hours=4)

_DONE = FINAL | {State.IN_DOUBT}


class NotNow(Exception):
    """A fault that cannot happen at this moment: it is drawn again later."""


@dataclass
class Round:
    """A campaign under faults. `interruptions` and the rest are what the faults wrote down about themselves."""

    crew: FaultyCrew
    relay: RoundRelay
    proxy: Proxy
    server: Server
    chance: Random
    number: int
    edition: Edition = field(init=False)
    addresses: dict[str, str] = field(default_factory=dict)
    interruptions: int = 0
    causes: frozenset[Reason] = frozenset({Reason.PRESENCE_MARKED})
    poisoned: frozenset[MessageKey] = frozenset()
    absent: frozenset[str] = frozenset()
    suppressed: dict[str, int] = field(default_factory=dict)
    pauses: list[tuple[int, int]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    others: list[Round] = field(default_factory=list)

    @property
    def tools(self) -> Tools:
        """The tools of this very process."""
        return bootstrap.tools()

    @property
    def store(self) -> RedisStore:
        """The ledger."""
        return bootstrap.store()

    def open(self, size: int) -> None:
        """So many guests on the list of an edition just over."""
        edition = cafe(self.number)
        self.store.set_clock(edition.meeting.end)
        self.invite(edition, _names(self.number, size))

    def beside(self, size: int) -> Round:
        """Another campaign of so many, whose first mails are due at once; judged like this one."""
        other = replace(self, number=_BESIDE + 100 * self.number + len(self.others), others=[], complaints=[])
        other.addresses, other.suppressed, other.pauses = {}, {}, []
        other.invite(_ended(cafe(self.number), other.number, self.store.now()), _names(other.number, size))
        self.others.append(other)
        return other

    def invite(self, edition: Edition, names: Sequence[str]) -> None:
        """Guests of these first names on the list of this edition."""
        self.edition, guests = edition, people(self.tools, names)
        self.store.save_edition(edition)
        enlist(self.tools, edition.id, guests)
        self.addresses = {guest.person.id: guest.person.address for guest in guests}

    def arm(self) -> None:
        """Let it go."""
        campaign.arm(self.tools, self.edition.id)

    def interrupted(self, groups: int) -> None:
        """A fault may leave so many groups in doubt: one for each line to the relay that it touched."""
        self.interruptions += groups

    def complain(self, sentence: str) -> None:
        """A fault saw something that must not be."""
        self.complaints.append(f"{self.edition.id}: {sentence}")

    def entry_count(self) -> int:
        """How many moves the ledger has of this edition."""
        return sum(1 for _ in self.store.entries(self.edition.id))

    def records(self) -> tuple[Record, ...]:
        """Where its messages are."""
        return self.store.records(self.edition.id)

    def comes_true(self, condition: Callable[[], bool], within: float) -> bool:
        """Look again and again, for so many real seconds at most, while whoever left is started again."""
        end = time.monotonic() + within
        while not (true := condition()) and time.monotonic() < end:
            self.crew.look_after()
            wait(0.1)
        return true

    def is_over(self) -> bool:
        """Whether nothing waits and nothing is in hand, as the counters say."""
        rounds = (self, *self.others)
        return all(
            state in _DONE for r in rounds for (_, state), n in r.store.counts(r.edition.id).items() if n
        )

    def settle_down(self) -> bool:
        """No more faults; whether it ended within the bound."""
        self.proxy.calm()
        self.crew.hurry()
        return self.comes_true(self.is_over, BOUND)

    def histories(self, bad: Misbehaviour, *, ended: bool) -> list[History]:
        """What it and the campaigns beside it left behind."""
        for other in self.others:
            other.interruptions = self.interruptions
        return [one.history(bad, ended=ended) for one in (self, *self.others)]

    def history(self, bad: Misbehaviour, *, ended: bool) -> History:
        """What it left behind."""
        store, name = self.store, self.edition.id
        injected = Injected(
            interruptions=self.interruptions + bad.after_the_dot,
            causes=self.causes,
            refused=bad.refused,
            absent=self.absent,
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
            complaints=tuple(self.complaints),
        )


def _names(number: int, size: int) -> list[str]:
    return [f"R{number}N{n}" for n in range(size)]


def _ended(edition: Edition, number: int, now: datetime) -> Edition:
    """The same Café under another number, over for a while."""
    end = now.astimezone(edition.meeting.zone) - _EARLIER
    start = end - timedelta(minutes=90)
    return replace(edition, meeting=replace(edition.meeting, id=f"cafe-{number}", start=start, end=end))
