"""Metrics as Prometheus reads them: true, closed in their labels, silent about people."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from redis.exceptions import ConnectionError as NoServer

from tests.services.office import anne_and_bruno_came, office, store_of
from tests.web.attendee_site import AttendeeSite
from worker.domain.life import Part
from worker.domain.lifecycle import State
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.services.deliver import deliver_batch
from worker.services.tools import Tools
from worker.web.metrics import exposition

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture
def tools() -> Tools:
    """Anne was thanked, Bruno's mail could not be composed, a worker and a beat are alive."""
    tools = anne_and_bruno_came(office(broken_for="bruno"))
    store_of(tools).set_clock(tools.store.now() + timedelta(hours=4))
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)
    tools.store.show_life(Part.WORKER, "poste.1", ("chores", "urgent", "campaign"))
    tools.store.show_life(Part.BEAT, "poste.2")
    return tools


@pytest.fixture
def site(tools: Tools) -> Iterator[AttendeeSite]:
    with AttendeeSite(tools) as site:
        yield site


def _samples(text: str) -> Samples:
    families = text_string_to_metric_families(text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for f in families for s in f.samples}


def _value(samples: Samples, name: str, **labels: str) -> float:
    return samples[name, tuple(sorted(labels.items()))]


def test_the_ledger_is_told_as_it_is(tools: Tools) -> None:
    told = _samples(exposition(lambda: tools).decode())

    assert _value(told, "apres_messages", step="thank-you", state="sent") == 1
    assert _value(told, "apres_messages", step="thank-you", state="dead") == 1
    assert _value(told, "apres_dead_letters", reason="compose_failed") == 1
    assert _value(told, "apres_dead_letters", reason="poison") == 0
    assert _value(told, "apres_moves_total", step="thank-you", state="sent", reason="accepted") == 1
    assert _value(told, "apres_workers", queue="campaign") == 1
    assert _value(told, "apres_alive", part="beat") == 1
    assert _value(told, "apres_notices", kind="compose-failed") == 1
    assert _value(told, "apres_ledger_up") == 1


def test_lateness_is_in_seconds_by_step(tools: Tools) -> None:
    due = min(r.due for r in tools.store.records("cafe-12") if r.state is State.SCHEDULED and r.due)
    store_of(tools).set_clock(due + timedelta(minutes=16))

    told = _samples(exposition(lambda: tools).decode())

    assert _value(told, "apres_overdue_oldest_seconds", step="invitation") == 960
    assert _value(told, "apres_overdue_messages", step="invitation") == 2
    assert _value(told, "apres_overdue_messages", step="nudge") == 0


def test_labels_are_closed_and_speak_of_nobody(tools: Tools) -> None:
    text = exposition(lambda: tools).decode()

    closed: dict[str, set[str]] = {"state": set(State), "reason": set(Reason), "part": set(Part)}
    labels = {label for _, labels in _samples(text) for label in labels}
    assert {name for name, _ in labels} >= {"state", "reason", "part", "step", "queue", "status", "kind"}
    assert not [(name, value) for name, value in labels if name in closed and value not in closed[name]]
    assert not re.findall(r"\banne\b|bruno|@|cafe-12|poste", text.lower())


def test_a_step_that_no_file_names_is_another(tools: Tools) -> None:
    record = next(r for r in tools.store.records("cafe-12") if r.key.step == "nudge")
    counts = store_of(tools).memory.counts
    counts["cafe-12", "of-old", record.state] += 3

    told = _samples(exposition(lambda: tools).decode())

    assert _value(told, "apres_messages", step="other", state=record.state) == 3
    assert "of-old" not in str(told)


def test_a_ledger_that_does_not_answer_is_a_metric_and_not_an_error() -> None:
    def away() -> Tools:
        raise NoServer

    told = _samples(exposition(away).decode())

    assert _value(told, "apres_ledger_up") == 0
    assert {name for name, _ in told} == {"apres_ledger_up", "apres_build_info"}


def test_prometheus_finds_nothing_to_say(tools: Tools) -> None:
    promtool = shutil.which("promtool")
    assert promtool, "promtool is missing: make tools"

    judged = subprocess.run(
        [promtool, "check", "metrics"], input=exposition(lambda: tools), capture_output=True, check=False
    )

    assert (judged.returncode, judged.stdout, judged.stderr) == (0, b"", b"")


def test_the_pages_answer_from_inside(site: AttendeeSite) -> None:
    answer = site.get("/metrics")

    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert b"# TYPE apres_moves_total counter" in answer.body
    assert site.get("/livez").status == 200


def test_readiness_is_in_the_status(site: AttendeeSite) -> None:
    ready = site.get("/readyz").status
    site.ready = False

    assert (ready, site.get("/readyz").status, site.get("/livez").status) == (200, 503, 200)


@pytest.mark.parametrize("path", ["/metrics", "/livez", "/readyz"])
@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via"])
def test_through_a_proxy_they_do_not_exist(site: AttendeeSite, path: str, header: str) -> None:
    answer = site.get(path, **{header: "for=203.0.113.7"})

    assert answer.status == 404
    assert b"apres_" not in answer.body
