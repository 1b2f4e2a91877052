"""One bad night: the relay is away for twenty minutes, the worker is lost, one mail is poison.

It is seen in `apres queues`, in the metrics and by the alerts, and put right with the runbook's own commands.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.house import PATIENCE, House, people
from tests.observed import RUNBOOK, queries
from tests.prometheus import Prometheus, free_port
from tests.relay import Deed, Moment, Rule
from worker.adapters.keys import LIFE
from worker.domain.life import GONE
from worker.services import campaign

#: Enough of them that some wait untouched while the relay is tried again and again, each time with another mail.
NAMES = ("Anne", "Bruno", "Clara", "David", "Emma", "Poison")
AWAY = (Rule(Moment.CONNECT, Deed.CUT),)

#: What a night without an incident looks like, but that no worker and no beat were started yet.
NOT_STARTED = {"ApresWorkersMissing", "ApresBeatMissing", "ApresSchedulerStalled"}


@pytest.fixture
def prometheus(house: House) -> Iterator[Prometheus]:
    """The pages of the house are up, and Prometheus looks at them."""
    web = free_port()
    house.environment |= {
        "APRES_WEB_PORT": str(web),
        "APRES_WORKER_PROBE_PORT": str(free_port()),
        "APRES_BEAT_PROBE_PORT": str(free_port()),
        "APRES_CLAIM_LEASE": "1",
        "APRES_LANGUAGE": "en",
        "COLUMNS": "80",
        "APRES_MAILS_PER_DAY": "0",  # what is set aside leaves after all on the day of another
        "FAULT_POISON": str(house.folder / "poison"),
        "FAULT_TRAP": str(house.folder / "no-trap"),
    }
    house.start("web")
    with Prometheus(house.folder, web) as prometheus:
        yield prometheus


def runbook(house: House, command: str, *answers: str) -> str:
    """What one of the runbook's commands says; it must stand there."""
    assert f"apres {command}\n" in RUNBOOK.read_text("utf-8")
    return apres(house, command, *answers)


def apres(house: House, command: str, *answers: str) -> str:
    """What a command says."""
    words = [sys.executable, "-m", "worker", *shlex.split(command), *answers]
    said = subprocess.run(words, env=house.environment, capture_output=True, text=True, check=False)
    assert said.returncode in {0, 1}, said.stderr
    return " ".join(said.stdout.split())


def looked(house: House) -> dict[str, Any]:
    """`apres queues` for machines."""
    told: dict[str, Any] = json.loads(apres(house, "queues --json"))
    return told


@pytest.mark.exhaustive
def test_a_bad_night_is_seen_and_put_right(house: House, prometheus: Prometheus) -> None:
    house.open_edition(*people(house.tools, NAMES))
    poisoned = people(house.tools, NAMES)[-1].person.id
    keys_of_poison = [f"cafe-12.{step}.{poisoned}" for step in ("thank-you", "invitation", "nudge")]
    (house.folder / "poison").write_text("\n".join(keys_of_poison))
    house.wait_until(lambda: prometheus.firing() == NOT_STARTED)

    # 1. The relay goes away; twenty minutes pass on the mapped clock.
    house.relay.rules = AWAY
    worker = house.start("worker", program="tests.faults.launcher")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until(lambda: house.store.relay_state().failures > 0)
    house.store.set_clock(house.store.now() + timedelta(minutes=20))

    house.wait_until(lambda: prometheus.firing() == {"ApresMessagesLate", "ApresRelayUnreachable"})
    thanks = looked(house)["editions"][0]["steps"]["thank-you"]
    assert 1190 <= thanks["oldest_overdue_seconds"] <= 1200  # the first try put some a second later
    assert thanks["overdue_by_minutes"]["20"] > 0
    said = runbook(house, "queues")
    piled = re.search(r"cafe-12 thank-you \d+ \S+ \S+ (\d+)(?: \S+){7}", said)
    assert piled
    assert int(piled[1]) > 0
    assert "The mail provider did" in said or "The mail provider does not answer" in said

    # 2. The worker is lost.
    house.kill(worker)
    a_minute_later(house)
    house.wait_until(lambda: "ApresWorkersMissing" in prometheus.firing())
    assert "No worker listens to campaign." in runbook(house, "queues")
    assert looked(house)["celery"].keys() == {"chores", "urgent", "campaign"}

    # 3. The relay is back and a worker is started; one mail brings its processes down and is set aside.
    house.relay.rules = ()
    second = house.start(
        "worker --lane chores --lane urgent --lane campaign", program="tests.faults.launcher"
    )
    assert "apres worker --lane chores --lane urgent --lane campaign\n" in RUNBOOK.read_text("utf-8")
    house.wait_until(lambda: "ApresDeadLetters" in prometheus.firing(), patience=3 * PATIENCE)
    house.wait_until(lambda: prometheus.firing() == {"ApresDeadLetters"})
    thanked = {f"cafe-12.thank-you.{guest.person.id}" for guest in people(house.tools, NAMES[:-1])}
    house.wait_until(lambda: thanked <= set(house.received()))
    [*keys] = [key for edition in looked(house)["editions"] for key in edition["dead_letters"]]
    assert keys == ["poison"]
    assert "poison · this mail brings workers down, set aside" in runbook(house, "dead list")

    # 4. Its cause is put right; it leaves after all, once.
    house.kill(second)
    house.start("worker")
    runbook(house, "dead requeue --reason poison", "--yes")
    house.wait_until_settled()
    house.wait_until(lambda: not prometheus.firing())

    assert "Nothing is late." in runbook(house, "queues")
    assert "Nothing is set aside." in runbook(house, "dead list")
    to_guests = Counter(key for key in house.received() if key.startswith("cafe-12."))
    assert len(to_guests) == 3 * len(NAMES)
    assert set(to_guests.values()) == {1}
    assert [query for query in queries() if not prometheus.answer(query)] == []


def a_minute_later(house: House) -> None:
    """As if a minute had passed for whoever gives no sign of life any more."""
    redis: Any = house.store._redis  # noqa: SLF001 - the test's hand on the real clock
    for member, at in redis.zrange(LIFE, 0, -1, withscores=True):
        if member.startswith("worker/"):
            redis.zadd(LIFE, {member: at - GONE.total_seconds() * 1000})
