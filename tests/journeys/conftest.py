"""The house of a journey."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.house import House
from tests.relay import Relay
from worker import bootstrap
from worker.adapters.redis_server import ensure_server
from worker.places import schedule_folder


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A relay that accepts everything; a journey that wants a worse one overrides this."""
    with Relay() as relay:
        yield relay


def _impatient_home(folder: Path) -> Path:
    """Our own schedules, with a tick four times as often: a journey waits for little else."""
    schedules = folder / "home" / "schedules"
    shutil.copytree(schedule_folder(None), schedules)
    (schedules / "chores.toml").write_text("tick = 0.5\nwatch = 60\n")
    return schedules.parent


@pytest.fixture
def house(tmp_path: Path, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Redis and settings are ready, nobody works yet. Leases are short, so that a lost worker is soon missed."""
    server = ensure_server(tmp_path / "redis")
    settings = {
        "APRES_HOME": str(_impatient_home(tmp_path)),
        "APRES_DATA": str(tmp_path / "data"),
        "APRES_REDIS_URL": server.url,
        "APRES_BROKER_URL": server.broker_url,
        "APRES_RELAY_PORT": str(relay.port),
        "APRES_CLAIM_LEASE": "3",
        "APRES_FINAL_REPLY_TIMEOUT": "3",
        "APRES_BATCH": "5",
        "APRES_GROUP": "2",
        "APRES_CONCURRENCY": "2",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    bootstrap.forget()
    house = House(tmp_path, relay, server, dict(os.environ))
    yield house
    house.close()


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole rehearsal that ended well, with two answers that it counted."""
    folder = tmp_path_factory.mktemp("rehearsal") / "demo"
    command = [sys.executable, "-m", "worker", "demo", "--folder", str(folder), "--then", "leave"]
    environment = os.environ | {"APRES_LANGUAGE": "en", "COLUMNS": "200"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 yes, 1 no" in done.stdout
    return folder
