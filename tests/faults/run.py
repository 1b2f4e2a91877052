"""A run: round after round of campaigns under faults, each judged when it has ended."""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.faults.crew import FAKETIME, FaultyCrew
from tests.faults.deeds import FAULTS
from tests.faults.history import History
from tests.faults.invariants import violations
from tests.faults.misbehaviour import misbehaviour
from tests.faults.proxy import Proxy
from tests.faults.relay import RoundRelay
from tests.faults.round import NotNow, Round
from tests.faults.server import Server
from worker import bootstrap
from worker.domain.lifecycle import State
from worker.domain.reason import Reason
from worker.places import schedule_folder

#: Messages for each fault, steps of a campaign, faults of a full round.
MESSAGES_PER_FAULT, STEPS, FAULTS_PER_ROUND = 40, 3, 25


@dataclass
class Tally:
    """What a run comes to; the file of `FAULTS_JSON` has exactly these fields."""

    messages: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    lost: int = 0
    doubled: int = 0
    in_doubt: int = 0
    seconds: float = 0.0
    violations: list[str] = field(default_factory=list)

    def add(self, history: History) -> None:
        """Count one round, and judge it."""
        found = violations(history)
        again = {str(entry.key) for entry in history.entries if entry.reason is Reason.AGAIN}
        self.messages += len(history.records)
        self.sent += sum(record.state is State.SENT for record in history.records)
        self.in_doubt += sum(record.state is State.IN_DOUBT for record in history.records)
        self.lost += sum(sentence.startswith("lost") for sentence in found)
        self.doubled += sum(n > 1 and key not in again for key, n in history.times.items())
        self.violations += found

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        return {**asdict(self), "faults": dict(self.faults), "seconds": round(self.seconds, 1)}


@contextmanager
def house(seed: int) -> Iterator[Callable[[int], Round]]:
    """Processes, Redis, proxy and relay of one run; what it gives makes the round of a number."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(_folder()))
        server = Server(folder / "redis")
        stack.callback(server.stop)
        relay = stack.enter_context(RoundRelay())
        proxy = stack.enter_context(Proxy("127.0.0.1", server.port))
        near = _settings(folder, server, relay)
        far_url = f"redis://127.0.0.1:{proxy.port}/0"
        crew = FaultyCrew(folder, near, {**near, "APRES_REDIS_URL": far_url, "APRES_BROKER_URL": far_url})
        os.environ.update({name: value for name, value in near.items() if name.startswith("APRES_")})
        bootstrap.forget()
        stack.callback(bootstrap.forget)
        crew.start_all()
        stack.callback(crew.end)
        yield lambda number: Round(crew, relay, proxy, server, Random(f"{seed}/{number}"), number)  # noqa: S311


def _folder() -> AbstractContextManager[str]:
    """For data and logs: taken away in the end, unless FAULTS_KEEP names one."""
    kept = os.environ.get("FAULTS_KEEP")
    return nullcontext(kept) if kept else TemporaryDirectory(prefix="apres-faults-")


def run(seed: int, count: int, tell: Callable[[Tally, int], None]) -> Tally:
    """So many faults; `tell` hears how far it is after each round."""
    tally, began, number, deck = Tally(), time.monotonic(), 12, Deck(seed)
    with house(seed) as round_of:
        while (left := count - tally.faults.total()) > 0:
            _play(round_of(number), min(left, FAULTS_PER_ROUND), deck, tally)
            tally.seconds = time.monotonic() - began
            tell(tally, count)
            number += 1
    return tally


class Deck:
    """Every kind of fault in turn, shuffled, so that a short run has many of them and a long one has all."""

    def __init__(self, seed: int) -> None:
        """The order is the seed's."""
        self._chance, self._cards = Random(f"{seed}/deck"), list[str]()  # noqa: S311 - a seed, no secret
        self._kinds = [name for name in FAULTS if FAKETIME or name != "bend_clock"]

    def draw(self) -> str:
        """The next one."""
        if not self._cards:
            self._cards = self._chance.sample(self._kinds, len(self._kinds))
        return self._cards.pop()

    def put_back(self, name: str) -> None:
        """It could not happen: it comes again, after some others."""
        self._cards.insert(max(0, len(self._cards) - 4), name)


def _play(this: Round, faults: int, deck: Deck, tally: Tally) -> None:
    size = faults * MESSAGES_PER_FAULT // STEPS + 2
    this.open(size)
    bad = misbehaviour(this.chance, this.addresses, size * STEPS)
    this.relay.begin(bad.rules)
    this.arm()
    end = tally.faults.total() + faults
    while tally.faults.total() < end:
        _pause(this)
        if this.is_over():
            break
        _befall(this, deck, tally)
    ended = this.settle_down()
    for history in this.histories(bad, ended=ended):
        tally.add(history)


def _pause(this: Round) -> None:
    this.comes_true(lambda: False, this.chance.uniform(0.1, 0.9))


def _befall(this: Round, deck: Deck, tally: Tally) -> None:
    name = deck.draw()
    try:
        FAULTS[name](this)
    except NotNow:
        deck.put_back(name)
    else:
        tally.faults[name] += 1


def _settings(folder: Path, server: Server, relay: RoundRelay) -> Mapping[str, str]:
    schedules = folder / "home" / "schedules"
    shutil.copytree(schedule_folder(None), schedules)
    (schedules / "chores.toml").write_text("tick = 0.5\nwatch = 5\n")
    return {
        **os.environ,
        "APRES_HOME": str(schedules.parent),
        "APRES_DATA": str(folder / "data"),
        "APRES_REDIS_URL": server.url,
        "APRES_BROKER_URL": server.broker_url,
        "APRES_RELAY_PORT": str(relay.port),
        "APRES_CLAIM_LEASE": "1",
        "APRES_FINAL_REPLY_TIMEOUT": "3",
        "APRES_BATCH": "10",
        "APRES_GROUP": "5",
        "APRES_CONCURRENCY": "2",
        "APRES_UNDO": "0",
    }
