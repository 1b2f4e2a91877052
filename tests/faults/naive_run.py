"""The naive twin under faults: what the product is spared, and proof that the faults bite."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from redis import Redis

from tests.faults.crew import wait
from tests.faults.misbehaviour import PACE
from tests.faults.relay import RoundRelay
from tests.faults.server import Server
from tests.relay import Deed, Moment, Rule

#: Real seconds without a new mail after which nothing more is to be expected.
QUIET = 12.0


@dataclass(frozen=True, slots=True)
class NaiveOutcome:
    """How many mails never arrived, and how many arrived more than once."""

    messages: int
    faults: int
    lost: int
    doubled: int


@dataclass
class _Twin:
    server: Server
    relay: RoundRelay
    environment: dict[str, str]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def revive(self) -> None:
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < 2:
            command = "-A tests.faults.naive worker -P prefork -c 2 -Q naive -l error --without-gossip --without-mingle"
            self.workers.append(
                subprocess.Popen(
                    [sys.executable, "-m", "celery", *command.split()],
                    env=self.environment,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            )

    def kill(self, which: int) -> None:
        os.killpg(self.workers[which].pid, signal.SIGKILL)
        self.workers[which].wait()

    def end(self) -> None:
        for worker in self.workers:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()


def naive_run(seed: int, messages: int, faults: int) -> NaiveOutcome:
    """Publish all mails, then kill workers, cut clients and flush the broker while they are sent."""
    chance = Random(f"naive/{seed}")  # noqa: S311 - a seed, no secret
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="apres-faults-")))
        server = Server(folder / "redis")
        stack.callback(server.stop)
        relay = stack.enter_context(RoundRelay())
        cuts = [Rule(Moment.DOT, Deed.CUT, nth=n, times=1) for n in chance.sample(range(1, messages), 4)]
        relay.begin((*cuts, Rule(Moment.DOT, "250 2.0.0 taken", after=PACE)))
        environment = {**os.environ, "NAIVE_BROKER": server.broker_url, "NAIVE_PORT": str(relay.port)}
        twin = _Twin(server, relay, environment)
        stack.callback(twin.end)
        twin.revive()
        _publish(server, messages)
        _trouble(twin, chance, faults)
        times = _arrived(twin)
    lost = sum(f"naive.{n}" not in times for n in range(messages))
    return NaiveOutcome(messages, faults, lost, sum(n > 1 for n in times.values()))


def _publish(server: Server, messages: int) -> None:
    from tests.faults.naive import app  # noqa: PLC0415 - its broker is known only now

    app.conf.broker_url = server.broker_url
    with app.connection_for_write(server.broker_url) as line:
        for number in range(messages):
            app.send_task("naive.send", (number,), connection=line)


def _trouble(twin: _Twin, chance: Random, faults: int) -> None:
    while not twin.relay.mails:
        wait(0.1)
    for number in range(faults):
        wait(chance.uniform(0.3, 0.9))
        with Redis.from_url(twin.server.url) as client:
            if number % 3 == 0:
                twin.kill(chance.randrange(2))
            elif number % 3 == 1:
                client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
            elif number == faults - 1:
                client.delete("naive", "unacked", "unacked_index")
        twin.revive()


def _arrived(twin: _Twin) -> Counter[str]:
    """Wait until nothing more comes, and count each mail."""
    before, since = -1, time.monotonic()
    while time.monotonic() - since < QUIET:
        if len(twin.relay.mails) != before:
            before, since = len(twin.relay.mails), time.monotonic()
        twin.revive()
        wait(0.2)
    return Counter(mail.key for mail in twin.relay.received())
