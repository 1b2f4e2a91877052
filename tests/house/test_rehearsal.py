"""Every command of docker-compose.yml, run as the image's user on a tree that nobody may write."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house.rehearsal import Rehearsal
from tests.house.tree import read_compose
from worker.adapters.redis_server import ensure_server

OURS = ("inbox", "worker", "beat", "web")


@pytest.fixture
def rehearsal() -> Iterator[Rehearsal]:
    """An image and a data volume. Not in pytest's own folder, which other users may not enter."""
    with tempfile.TemporaryDirectory() as folder:
        rehearsal = Rehearsal(Path(folder))
        yield rehearsal
        rehearsal.close()
        if (rehearsal.data / "redis").is_dir():
            ensure_server(rehearsal.data / "redis").stop()


def _commands(service: str) -> tuple[list[str], list[str]]:
    described: dict[str, Any] = read_compose()["services"][service]
    kind, *health = described["healthcheck"]["test"]
    assert kind == "CMD"
    return described["command"], health


def test_the_services_become_well_and_leave_when_asked(rehearsal: Rehearsal) -> None:
    for service in OURS:
        rehearsal.start(service, _commands(service)[0])
    for service in OURS:
        rehearsal.wait_until_well(service, _commands(service)[1])

    statuses = {service: rehearsal.stop(service) for service in OURS}

    assert statuses == dict.fromkeys(OURS, 0), "\n".join(map(rehearsal.log, OURS))


@pytest.mark.parametrize("service", OURS)
def test_a_service_that_does_not_run_is_not_well(rehearsal: Rehearsal, service: str) -> None:
    answer = rehearsal.run(_commands(service)[1])

    assert answer.returncode == 1, answer.stderr
    assert "Traceback" not in answer.stderr
