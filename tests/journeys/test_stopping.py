"""Stopping a worker in good order: what has passed its gate is waited for, everything else goes back."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from tests.journeys.house import House, people
from tests.relay import Moment, Relay, Rule
from worker.domain.lifecycle import State
from worker.services import campaign

#: Real seconds: how slowly the relay answers, and how soon a stopped worker has left all the same.
SLOW, SOON = 2.0, 20.0

UNFINISHED = (State.CLAIMED, State.SENDING, State.IN_DOUBT)


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A relay that thinks before it takes a mail."""
    with Relay(Rule(Moment.DOT, "250 2.0.0 taken", after=SLOW)) as relay:
        yield relay


def count(house: House, state: State) -> int:
    return sum(record.state is state for record in house.store.records("cafe-12"))


@pytest.mark.parametrize("whom", ["the parent alone, as a container does", "everybody, as a terminal does"])
def test_a_stop_waits_for_the_letter_past_its_gate(house: House, whom: str) -> None:
    house.open_edition(*people(house.tools, ("Anne", "Bruno", "Clara", "David", "Emma")))
    worker = house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until(lambda: count(house, State.SENDING) > 0)

    began = time.monotonic()
    (os.kill if whom.startswith("the parent") else os.killpg)(worker.pid, signal.SIGTERM)
    code = worker.wait(SOON)

    assert (code, time.monotonic() - began < SOON) == (0, True)
    assert {state: count(house, state) for state in UNFINISHED} == dict.fromkeys(UNFINISHED, 0)
    assert count(house, State.SENT) == len(house.received()) > 0
