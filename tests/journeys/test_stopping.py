"""Stopping a worker in good order: what has passed its gate is waited for, everything else goes back."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.journeys.house import House, people
from tests.relay import Deed, Moment, Relay, Rule
from worker.domain.lifecycle import State
from worker.domain.reason import Reason
from worker.machine.ears import ECHO, MARGIN
from worker.machine.watchdog import STALLED
from worker.services import campaign

#: Real seconds: how slowly the relay answers, and how soon a stopped worker has left all the same.
SLOW, SOON = 2.0, 20.0

#: Real seconds: the grace where a relay does not answer within it.
SHORT_GRACE = 2

UNFINISHED = (State.CLAIMED, State.SENDING, State.IN_DOUBT)

Tell = Callable[[subprocess.Popen[bytes]], None]


@pytest.fixture
def relay(request: pytest.FixtureRequest) -> Iterator[Relay]:
    """A relay that thinks before it takes a mail, or does as a test says."""
    with Relay(getattr(request, "param", Rule(Moment.DOT, "250 2.0.0 taken", after=SLOW))) as relay:
        yield relay


def count(house: House, state: State) -> int:
    return sum(record.state is state for record in house.store.records("cafe-12"))


def sending(house: House) -> subprocess.Popen[bytes]:
    """A worker that has a letter past its gate."""
    house.open_edition(*people(house.tools, ("Anne", "Bruno", "Clara", "David", "Emma")))
    worker = house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until(lambda: count(house, State.SENDING) > 0)
    return worker


def told_again(worker: subprocess.Popen[bytes]) -> None:
    """Two signals, far enough apart to be meant."""
    worker.send_signal(signal.SIGINT)
    threading.Event().wait(ECHO * 1.5)
    worker.send_signal(signal.SIGINT)


def living(group: int) -> list[str]:
    """The processes of a group that run; whoever was killed and is not yet buried does not."""
    stats = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            stats.append(file.read_text().rpartition(")")[2].split())
    return [stat[0] for stat in stats if stat[2] == str(group) and stat[0] != "Z"]


def of_this_house(house: House) -> list[str]:
    """The processes, of whatever group, that were started with its data folder."""
    told = f"APRES_DATA={house.environment['APRES_DATA']}".encode()
    found = []
    for file in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            found += [file.parent.name] if told in file.read_bytes().split(b"\0") else []
    return found


@pytest.mark.parametrize(
    "tell",
    [
        pytest.param(lambda worker: worker.send_signal(signal.SIGTERM), id="the parent alone: a container"),
        pytest.param(lambda worker: os.killpg(worker.pid, signal.SIGTERM), id="the group: a supervisor"),
        pytest.param(lambda worker: os.killpg(worker.pid, signal.SIGINT), id="the group: Ctrl-C"),
    ],
)
def test_a_stop_waits_for_the_letter_past_its_gate(house: House, tell: Tell) -> None:
    worker = sending(house)

    began = time.monotonic()
    tell(worker)
    code = worker.wait(SOON)

    assert (code, time.monotonic() - began < SOON) == (0, True)
    assert {state: count(house, state) for state in UNFINISHED} == dict.fromkeys(UNFINISHED, 0)
    assert count(house, State.SENT) == len(house.received()) > 0


@pytest.mark.parametrize("relay", [Rule(Moment.DOT, Deed.STALL)], indirect=True)
def test_what_is_not_answered_within_the_grace_is_in_doubt_because_of_the_stop(house: House) -> None:
    house.environment["APRES_STOP_GRACE"] = str(SHORT_GRACE)
    house.environment["APRES_FINAL_REPLY_TIMEOUT"] = "600"
    worker = sending(house)

    worker.send_signal(signal.SIGTERM)
    code = worker.wait(SHORT_GRACE + MARGIN)

    assert code == 0
    records = house.store.records("cafe-12")
    assert {r.reason for r in records if r.state is State.IN_DOUBT} == {Reason.SHUTDOWN}
    assert count(house, State.CLAIMED) + count(house, State.SENDING) == 0


@pytest.mark.parametrize("relay", [Rule(Moment.CONNECT, Deed.STALL)], indirect=True)
def test_a_relay_that_does_not_even_greet_keeps_nobody(house: House) -> None:
    house.open_edition(*people(house.tools, ("Anne", "Bruno")))
    worker = house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until(lambda: house.relay.connections > 0)

    worker.send_signal(signal.SIGTERM)
    code = worker.wait(SOON)

    assert code == 0
    waiting = [record for record in house.store.records("cafe-12") if record.state is not State.SKIPPED]
    assert {record.state for record in waiting} == {State.SCHEDULED}
    assert {record.reason for record in waiting} == {Reason.RETURNED, Reason.PLANNED}


@pytest.mark.parametrize("relay", [Rule(Moment.DOT, Deed.STALL)], indirect=True)
def test_told_twice_it_leaves_at_once_with_everybody(house: House) -> None:
    house.environment |= {"APRES_FINAL_REPLY_TIMEOUT": "600", "APRES_GROUP": "2", "APRES_CONCURRENCY": "1"}
    worker = sending(house)

    told_again(worker)
    worker.wait(MARGIN)

    house.wait_until(lambda: not living(worker.pid))
    assert 0 < count(house, State.SENDING) <= 2


def test_a_worker_that_sees_work_stand_still_leaves_to_be_started_again(house: House) -> None:
    house.environment["APRES_STALL_AFTER"] = "2"
    house.open_edition(*people(house.tools, ("Anne", "Bruno")))
    campaign.arm(house.tools, "cafe-12")
    house.store.leap()

    worker = house.start("worker")  # and nobody wakes it
    code = worker.wait(SOON)

    assert code == STALLED
    assert count(house, State.CLAIMED) == 0


@pytest.mark.parametrize("relay", [Rule(Moment.DOT, Deed.STALL)], indirect=True)
def test_apres_up_told_twice_leaves_at_once_with_everybody(house: House) -> None:
    house.environment |= {"APRES_FINAL_REPLY_TIMEOUT": "600", "APRES_GROUP": "2", "APRES_CONCURRENCY": "1"}
    house.open_edition(*people(house.tools, ("Anne", "Bruno", "Clara", "David", "Emma")))
    up = house.start("up")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until(lambda: count(house, State.SENDING) > 0)

    told_again(up)
    up.wait(MARGIN)

    house.wait_until(lambda: not of_this_house(house))
    assert 0 < count(house, State.SENDING) <= 2
