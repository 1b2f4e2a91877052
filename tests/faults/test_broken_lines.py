"""Lines to Redis that break in Celery's tender places: an acknowledgement, a BRPOP reply, silence without a FIN.

Each measures the longest silence of the relay's inbox while work was waiting. `inspect ping` is asked nothing: it says
OK while nothing runs (research: reliability, traps 3, 4 and 11).
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.deeds.lines import ANY_TASK, WAKE_UP
from tests.faults.proxy import Deed, Proxy, Side, Trouble
from tests.journeys.house import House, people
from tests.relay import Moment, Relay, Rule
from worker import bootstrap
from worker.adapters.redis_door import Door, DoorKind
from worker.adapters.redis_server import ensure_server
from worker.places import schedule_folder
from worker.services import campaign

#: Real seconds: how long the relay thinks about a mail, after how many mails a line breaks, and how many come in all.
THOUGHT, BEFORE, MAILS = 0.2, 5, 30

#: Real seconds of silence that are allowed: after a cut, and after a line that went silent without a FIN.
CUT, HALF_OPEN = 5.0, 30.0

#: Real seconds in which Redis answers nobody.
FROST = 9.0


@dataclass
class Lines:
    """A house whose broker and ledger are each reached over a line of its own that can break."""

    house: House
    broker: Proxy
    ledger: Proxy

    def begin(self) -> None:
        """A campaign is sending, slowly; each wake-up works for a second, so that the broker matters all the time."""
        self.house.open_edition(*people(self.house.tools, (f"Guest{n}" for n in range(MAILS))))
        self.house.start("worker")
        self.house.start("beat")
        campaign.arm(self.house.tools, "cafe-12")
        self.house.wait_until(lambda: len(self.house.relay.mails) >= BEFORE)

    def longest_silence(self) -> float:
        """Real seconds between two mails at most, until all have come."""
        seen, last, longest, glance = len(self.house.relay.mails), time.monotonic(), 0.0, threading.Event()
        while seen < MAILS:
            glance.wait(0.05)
            now, count = time.monotonic(), len(self.house.relay.mails)
            longest = max(longest, now - last)
            assert longest < 2 * HALF_OPEN, f"nothing goes on any more: {self.house.states()}"
            if count > seen:
                seen, last = count, now
        print(f"longest silence: {longest:.1f} s")
        return longest


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    server = ensure_server(tmp_path / "redis", DoorKind.LOOPBACK)
    door = Door.recall(server.folder / "door.json")
    assert door
    shutil.copytree(schedule_folder(None), tmp_path / "home" / "schedules")
    (tmp_path / "home" / "schedules" / "chores.toml").write_text("tick = 0.5\nwatch = 60\n")
    slow = Rule(Moment.DOT, "250 2.0.0 taken", after=THOUGHT)
    with (
        Proxy("127.0.0.1", door.port) as broker,
        Proxy("127.0.0.1", door.port) as ledger,
        Relay(slow) as relay,
    ):
        settings = {
            "APRES_HOME": str(tmp_path / "home"),
            "APRES_DATA": str(tmp_path / "data"),
            "APRES_REDIS_URL": server.url.replace(f":{door.port}/", f":{ledger.port}/"),
            "APRES_BROKER_URL": server.url.replace(f":{door.port}/", f":{broker.port}/"),
            "APRES_RELAY_PORT": str(relay.port),
            "APRES_BATCH": "5",
            "APRES_DELIVER_FOR": "1",
            "APRES_LINGER": "0",
            "APRES_CONCURRENCY": "1",
        }
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        bootstrap.forget()
        house = House(tmp_path, relay, server, dict(os.environ))
        monkeypatch.setenv("APRES_REDIS_URL", server.url)  # the test itself looks on over a line that holds
        bootstrap.forget()
        yield Lines(house, broker, ledger)
        house.close()


def test_a_line_cut_where_a_wake_up_is_acknowledged_leaks_no_slot(lines: Lines) -> None:
    lines.begin()

    lines.broker.tell(Trouble(ANY_TASK, Deed.PASS_THEN_CUT, times=3, side=Side.SERVER))
    silence = lines.longest_silence()

    assert silence < CUT
    assert lines.broker.done == [3]  # one would do: the prefetch of one process is one
    assert not any(b"unacked" in words for words in lines.broker.heard), "an acknowledgement that can be lost"


@pytest.mark.exhaustive
def test_a_wake_up_lost_with_its_reply_costs_a_tick(lines: Lines) -> None:
    lines.begin()

    lines.broker.tell(Trouble(WAKE_UP, Deed.CUT, times=3, side=Side.SERVER))
    silence = lines.longest_silence()

    assert silence < CUT
    assert lines.broker.done == [3]


@pytest.mark.exhaustive
def test_a_broker_that_falls_silent_without_a_fin_is_left(lines: Lines) -> None:
    lines.begin()

    lines.broker.strand()
    silence = lines.longest_silence()

    assert silence < HALF_OPEN


@pytest.mark.exhaustive
def test_a_ledger_that_falls_silent_without_a_fin_is_left(lines: Lines) -> None:
    lines.begin()

    lines.ledger.strand()
    silence = lines.longest_silence()

    assert silence < HALF_OPEN


@pytest.mark.exhaustive
def test_a_frozen_redis_is_waited_for(lines: Lines) -> None:
    lines.begin()

    for line in (lines.broker, lines.ledger):
        line.freeze()
        threading.Timer(FROST, line.thaw).start()
    silence = lines.longest_silence()

    assert silence < HALF_OPEN
