"""The naive twin under faults: what the product is spared, and proof that the faults bite."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from redis import Redis

from tests.faults.crew import children, wait
from tests.faults.misbehaviour import PACE
from tests.faults.relay import RoundRelay
from tests.faults.server import Server
from tests.relay import Deed, Moment, Rule

#: Real seconds without a new mail after which nothing more is to be expected: of a wave that only a relay disturbs,
#: and after the faults, longer than redelivery takes.
_CALM, _QUIET = 3.0, 12.0

#: Lines cut after the dot.
_CUTS = 8

#: What the product is spared too, by the same names; the flush comes last, when retries are under way.
_KINDS = ("kill_worker", "kill_child", "kill_clients", "kill_redis")


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

    def kill_a_child(self, which: int) -> None:
        for child in children(self.workers[which].pid)[:1]:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def end(self) -> None:
        for worker in self.workers:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()


def naive_run(seed: int, messages: int, faults: int) -> NaiveOutcome:
    """Two waves: the relay cuts lines in the first; in the second happens what happens to the product."""
    chance = Random(f"naive/{seed}")  # noqa: S311 - a seed, no secret
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="apres-faults-")))
        server = Server(folder / "redis")
        stack.callback(server.stop)
        relay = stack.enter_context(RoundRelay())
        wave = messages // 2
        cuts = (Rule(Moment.DOT, Deed.CUT, nth=n, times=1) for n in chance.sample(range(1, wave), _CUTS))
        relay.begin((*cuts, Rule(Moment.DOT, "250 2.0.0 taken", after=2 * PACE)))
        environment = {**os.environ, "NAIVE_BROKER": server.broker_url, "NAIVE_PORT": str(relay.port)}
        twin = _Twin(server, relay, environment)
        stack.callback(twin.end)
        twin.revive()
        _publish(server, range(wave))
        _wait_for_calm(twin, _CALM)
        _publish(server, range(wave, messages))
        _trouble(twin, chance, faults)
        _wait_for_calm(twin, _QUIET)
        times = Counter(mail.key for mail in relay.received())
    lost = sum(f"naive.{n}" not in times for n in range(messages))
    return NaiveOutcome(messages, faults, lost, sum(n > 1 for n in times.values()))


def _publish(server: Server, numbers: range) -> None:
    from tests.faults.naive import app  # noqa: PLC0415 - its broker is known only now

    app.conf.broker_url = server.broker_url
    with app.connection_for_write(server.broker_url) as line:
        for number in numbers:
            app.send_task("naive.send", (number,), connection=line)


def _trouble(twin: _Twin, chance: Random, faults: int) -> None:
    for number in range(faults - 1):
        _befall(twin, chance, _KINDS[number % len(_KINDS)])
        wait(chance.uniform(0.3, 0.9))
        twin.revive()
    with Redis.from_url(twin.server.url) as client:
        client.delete("naive", "unacked", "unacked_index")


def _befall(twin: _Twin, chance: Random, kind: str) -> None:
    match kind:
        case "kill_worker":
            twin.kill(chance.randrange(2))
        case "kill_child":
            twin.kill_a_child(chance.randrange(2))
        case "kill_redis":
            twin.server.restart()
        case _:
            with Redis.from_url(twin.server.url) as client:
                client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")


def _wait_for_calm(twin: _Twin, seconds: float) -> None:
    """Until something has come, and nothing more has for so many real seconds."""
    before, since = 0, time.monotonic()
    while not before or time.monotonic() - since < seconds:
        if len(twin.relay.mails) != before:
            before, since = len(twin.relay.mails), time.monotonic()
        twin.revive()
        wait(0.1)
