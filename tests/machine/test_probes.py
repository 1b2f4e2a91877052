"""Probes of a part without pages, over real HTTP, and the small program that asks them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from typing import Any

import pytest
from redis.exceptions import ConnectionError as NoServer

from worker import probe
from worker.config import Settings
from worker.domain.errors import Unsettled
from worker.machine.life import Loop
from worker.machine.probes import serve_probes
from worker.machine.readiness import readiness


class Part:
    """What a part says of itself; a test changes it."""

    ready = True

    def __call__(self) -> tuple[bool, dict[str, Any]]:
        return self.ready, {"ready": self.ready}


@pytest.fixture
def part() -> Part:
    return Part()


@pytest.fixture
def server(part: Part) -> Iterator[ThreadingHTTPServer]:
    server = serve_probes("127.0.0.1", 0, part)
    assert server
    yield server
    server.shutdown()
    server.server_close()


def _url(server: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


def test_ready_is_zero_and_not_ready_is_one(
    server: ThreadingHTTPServer, part: Part, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = [probe.ask(_url(server, "/readyz"))]
    part.ready = False
    codes += [probe.ask(_url(server, "/readyz")), probe.ask(_url(server, "/livez"))]

    assert codes == [0, 1, 0]
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"ready": True},
        {"ready": False},
        {"alive": True},
    ]


def test_any_other_path_and_nobody_at_home_are_no(server: ThreadingHTTPServer) -> None:
    away = _url(server, "/readyz")

    assert probe.ask(_url(server, "/")) == 1
    server.shutdown()
    server.server_close()
    assert probe.ask(away) == 1


def test_a_port_that_is_taken_is_no_reason_to_stop(server: ThreadingHTTPServer, part: Part) -> None:
    assert serve_probes("127.0.0.1", server.server_port, part) is None


def test_asking_imports_neither_celery_nor_anything_else_that_is_slow() -> None:
    code = "import sys, worker.probe; print(sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "worker" in loaded
    assert not [name for name in ("celery", "kombu", "redis", "pydantic", "typer", "rich") if name in loaded]


@pytest.mark.parametrize("part_name", probe.DOORS)
def test_doors_are_those_of_the_settings(part_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, usual in probe.DOORS[part_name]:
        assert str(getattr(Settings(), name.removeprefix("APRES_").lower())) == usual
        monkeypatch.setenv(name, "0.0.0.0" if name.endswith("HOST") else "9")  # noqa: S104 - not bound

    assert probe.address(part_name) == "http://127.0.0.1:9/readyz"


def test_a_check_that_meets_no_server_or_a_mistake_says_so() -> None:
    def away() -> str:
        raise NoServer("10.0.0.7 is a secret")

    def unsettled() -> str:
        raise Unsettled("no")

    ready, told = readiness({"fine": lambda: "", "away": away, "held": lambda: "held", "odd": unsettled})

    assert not ready
    assert {name: check["ok"] for name, check in told["checks"].items()} == {
        "fine": True,
        "away": False,
        "held": False,
        "odd": False,
    }
    assert "secret" not in str(told)


def test_a_loop_is_missed_a_minute_after_it_last_went_round(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("worker.machine.life.steady_time", lambda: clock[0])
    loop = Loop()

    clock[0] += 1000
    before_the_first = loop.stands_still
    loop.passes()
    clock[0] += 59
    within = loop.stands_still
    clock[0] += 2

    assert (before_the_first, within, loop.stands_still) == (False, False, True)
