"""A task that fails is a line that says where and of what kind, and names nobody."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import pytest
from celery import Celery
from celery.app.trace import build_tracer

from tests.web.attendee_site import AttendeeSite, own_path
from worker.adapters.library_logs import log_libraries_to_stderr
from worker.services.tools import Tools

SOMEBODY = "Zoé Éluard <zoe@example.org>"


@contextmanager
def logged() -> Iterator[None]:
    """As in a worker; the test's own handlers come back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    log_libraries_to_stderr()
    yield
    root.handlers = handlers
    root.setLevel(level)


def fail(_lane: str) -> None:
    raise ValueError(f"{SOMEBODY} cannot be read")


def test_a_failed_task_names_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    app = Celery("somewhere", set_as_current=False, broker="memory://", backend="disabled://")

    deliver = app.task(fail, name="deliver")

    with logged():
        build_tracer("deliver", deliver, app=app)("an-id", ("campaign",), {}, {"id": "an-id"})

    [line] = [json.loads(one) for one in capsys.readouterr().err.splitlines() if one.startswith("{")]
    assert line["level"] == "error"
    assert line["event"].startswith("Task deliver[an-id] raised unexpected: ValueError")
    assert "in fail" in line["exception"]
    assert "luard" not in json.dumps(line, ensure_ascii=False)
    assert "@" not in line["event"] + line["exception"]


def test_neither_does_any_other_line(capsys: pytest.CaptureFixture[str]) -> None:
    log = logging.getLogger("some.library")

    with logged():
        log.warning("refused: %r for %s", ValueError(SOMEBODY), "zoe@example.org")
        log.warning("%(what)s: %(exc)s", {"what": "it failed", "exc": SOMEBODY})

    said = [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()]
    assert said[0].startswith("refused: 'ValueError: (what it says")
    assert said[0].endswith("for (address)")
    assert said[1] == "it failed: …"


class Broken:
    """Tools whose ledger holds what cannot be read."""

    @property
    def store(self) -> None:
        raise ValueError(SOMEBODY)


def test_neither_does_a_page_that_fails(capsys: pytest.CaptureFixture[str]) -> None:
    with logged(), AttendeeSite(cast("Tools", Broken())) as site:
        answer = site.get(own_path())

    assert answer.status == 500
    assert "luard" not in answer.text
    said = capsys.readouterr().err
    assert "in store" in said
    assert "ValueError: (what it says" in said
    assert "luard" not in said
    assert "@" not in said
