"""`apres queues`: the piles, their age, who is at work."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.cli.conftest import Apres
from tests.sample import cafe
from tests.services.office import store_of
from worker.adapters.memory_servers import MemoryServers
from worker.domain.life import Part
from worker.domain.lifecycle import State
from worker.services.tools import Tools


@pytest.fixture
def busy(apres: Apres, tools: Tools) -> Apres:
    """Armed, the thank-yous twenty minutes late; a worker was lost two minutes ago, another lives."""
    apres("arm cafe-12 --yes")
    store = store_of(tools)
    store.set_clock(cafe(12).meeting.end + timedelta(hours=3, minutes=20))
    store.show_life(Part.WORKER, "poste.1", ("campaign", "chores"))
    store.memory.real += timedelta(minutes=2)
    store.show_life(Part.WORKER, "poste.2", ("campaign", "urgent"))
    store.show_life(Part.TICK, "tick")
    assert isinstance(tools.servers, MemoryServers)
    tools.servers.lengths = {"chores": 3, "urgent": 0, "campaign": 4}
    return apres


def test_an_empty_house_says_so(apres: Apres) -> None:
    said = apres("queues")

    assert said.code == 0
    assert "Nothing is late." in said.out
    assert "No worker listens to campaign." in said.out
    assert "No beat." in said.out


def test_piles_ages_and_people_at_work_are_on_one_screen(busy: Apres) -> None:
    said = busy("queues")

    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert "cafe-12 · armed, everything leaves by itself in its time" in lines
    assert "Late by (min) all 5 10 20 40 80 160 320 640 1280 1280+" in lines
    assert "cafe-12 thank-you 2 · · 2 · · · · · · ·" in lines
    assert "Celery queues: chores 3 · urgent 0 · campaign 4" in lines
    assert "worker poste.1 (campaign, chores): 120 s ago" in lines
    assert "worker poste.2 (campaign, urgent): 0 s ago" in lines
    assert "No worker listens to chores." in lines
    assert "No worker listens to urgent." not in lines
    assert "last look at the schedule: 0 s ago" in lines
    assert max(map(len, said.out.splitlines())) <= 80


def test_on_a_narrow_screen_nothing_is_cut_off(busy: Apres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")

    said = busy("queues")

    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert "Invitation: waits 4" in lines
    assert "cafe-12 thank-you: all 2 · 20 2" in lines
    assert max(map(len, said.out.splitlines())) <= 40


def test_it_is_there_for_machines(busy: Apres, tools: Tools) -> None:
    told = json.loads(busy("queues cafe-12 --json").out)

    [edition] = told["editions"]
    thanks = edition["steps"]["thank-you"]
    assert set(thanks["states"]) == set(State)
    assert sum(thanks["states"].values()) == sum(
        record.key.step == "thank-you" for record in tools.store.records("cafe-12")
    )
    assert (thanks["overdue"], thanks["oldest_overdue_seconds"]) == (2, 1200)
    assert thanks["overdue_by_minutes"]["20"] == 2
    assert told["celery"]["campaign"] == 4
    assert [(part["name"], part["alive"]) for part in told["parts"]] == [
        ("poste.1", False),
        ("poste.2", True),
    ]
