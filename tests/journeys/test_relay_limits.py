"""Limits and complaints with the real things: Redis, Celery workers, and a relay that counts and complains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from tests.journeys.house import House, people
from tests.relay import Moment, Relay, Rule
from worker import bootstrap
from worker.adapters.entries import told_of
from worker.adapters.redis_store import RedisStore
from worker.domain.lifecycle import State
from worker.domain.pace import GATE_BURST
from worker.services import campaign

NAMES = [f"Guest{number}" for number in range(8)]


@pytest.fixture
def relay() -> Iterator[Relay]:
    """It says three times that it is too much, then takes everything."""
    too_fast = Rule(Moment.RCPT, "451 4.7.1 slow down, too many messages", times=3)
    closing = Rule(Moment.MAIL, "421 4.3.2 too busy", nth=5, times=1)
    with Relay(too_fast, closing) as relay:
        yield relay


@pytest.fixture
def limited(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Four letters a second over two lines, for the workers and for us."""
    for name, value in {"APRES_RELAY_PER_SECOND": "4", "APRES_RELAY_CONNECTIONS": "2"}.items():
        house.environment[name] = value
        monkeypatch.setenv(name, value)
    bootstrap.forget()
    return house


def gate_moments(store: RedisStore) -> list[int]:
    """When letters passed the gate, in ms of the server."""
    entries = store._redis.xrange("{apres}:entries:cafe-12")  # noqa: SLF001 - the ids are the server's moments
    passed = [(int(at.split("-")[0]), told_of(words)) for at, words in entries if words["a"] == State.SENDING]
    return [at for at, told in passed for _ in told]


def most_within(moments: Sequence[int], window: float) -> int:
    """The most of these moments that lie in one window of so many ms."""
    return max(sum(start <= at < start + window for at in moments) for start in moments)


def test_a_relay_that_complains_gets_each_letter_once_and_no_faster_than_allowed(limited: House) -> None:
    limited.open_edition(*people(limited.tools, NAMES))
    for command in ("worker", "worker", "beat"):
        limited.start(command)

    campaign.arm(limited.tools, "cafe-12")
    limited.wait_until(lambda: len(set(limited.received())) == len(NAMES) * 3)

    assert len(limited.received()) == len(NAMES) * 3
    assert most_within(gate_moments(limited.store), 1000) <= 4 * (1000 + GATE_BURST) / 1000
    slowdown = limited.store.relay_state().slowdown
    assert slowdown is not None
    assert slowdown.because.startswith(("451", "421"))
