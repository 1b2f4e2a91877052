"""Alerts, dashboard and runbook: judged by Prometheus's own tool, whole, and true to the metrics there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer.main
from prometheus_client.parser import text_string_to_metric_families

from tests.observed import (
    OBSERVED,
    RULE_TESTS,
    RULES,
    RUNBOOK,
    alerts,
    dashboard,
    metric_names,
    promtool,
    queries,
    read_yaml,
    selectors,
    write_yaml,
)
from tests.sample import guest
from tests.services.office import office, opened, store_of
from worker.adapters.memory_servers import MemoryServers
from worker.domain.life import Part
from worker.domain.lifecycle import State
from worker.domain.person import Presence
from worker.domain.sequence import QUEUES
from worker.services import campaign
from worker.services.tools import Tools
from worker.web.metrics import exposition


@pytest.fixture(scope="module")
def samples() -> list[tuple[str, dict[str, str]]]:
    """Every series of a house at work."""
    tools = _at_work()
    families = text_string_to_metric_families(exposition(lambda: tools).decode())
    return [(sample.name, sample.labels) for family in families for sample in family.samples]


def _at_work() -> Tools:
    tools = office()
    opened(tools, guest("Anne", presence=Presence.PRESENT))
    campaign.arm(tools, "cafe-12")
    store_of(tools).set_clock(tools.store.now() + timedelta(hours=4))
    for part in Part:
        tools.store.show_life(part, "poste.1", QUEUES if part is Part.WORKER else ())
    store_of(tools).memory.real += timedelta(seconds=1)
    return replace(tools, servers=MemoryServers(dict.fromkeys(QUEUES, 0)))


def test_the_rules_are_rules_and_the_settings_name_them() -> None:
    for words in (("check", "rules", str(RULES)), ("check", "config", str(OBSERVED / "prometheus.yml"))):
        judged = promtool(*words)
        assert judged.returncode == 0, judged.stderr


def test_the_rules_pass_their_tests() -> None:
    judged = promtool("test", "rules", str(RULE_TESTS))

    assert judged.returncode == 0, judged.stdout + judged.stderr


@pytest.mark.parametrize("alert", alerts())
def test_each_alert_is_tested_both_ways(alert: str) -> None:
    asked = [t for test in read_yaml(RULE_TESTS)["tests"] for t in test["alert_rule_test"]]

    own = [bool(one.get("exp_alerts")) for one in asked if one["alertname"] == alert]
    assert set(own) == {True, False}


@pytest.mark.parametrize("alert", alerts())
@pytest.mark.parametrize(
    "broken", [{"expr": "vector(0) > 1"}, {"expr": "vector(1)"}, {"for": "0s"}, {"for": "2h"}]
)
def test_the_tests_notice_a_broken_rule(alert: str, broken: dict[str, str], tmp_path: Path) -> None:
    rules, tests = read_yaml(RULES), read_yaml(RULE_TESTS)
    [rule] = [rule for group in rules["groups"] for rule in group["rules"] if rule["alert"] == alert]
    if broken.get("for") == "0s" and alert == "ApresPermanentFailures":
        broken = {"expr": rule["expr"].replace(">= 5", ">= 1")}
    rule |= broken
    write_yaml(tmp_path / "alerts.yml", rules)
    tests["tests"] = [test for test in tests["tests"] if alert in str(test)]
    write_yaml(tmp_path / "alerts.test.yml", tests)

    assert promtool("test", "rules", str(tmp_path / "alerts.test.yml")).returncode != 0


def test_every_query_asks_for_series_that_there_are(samples: list[tuple[str, dict[str, str]]]) -> None:
    asked = [*queries(), *(rule["expr"] for rule in alerts().values())]

    dangling = [
        (name, wanted)
        for query in asked
        for name, wanted in selectors(query)
        if not any(name == other and _match(wanted, labels) for other, labels in samples)
    ]

    assert dangling == []


def _match(wanted: dict[str, str], labels: dict[str, str]) -> bool:
    return all(labels.get(name) in value.split("|") for name, value in wanted.items())


def test_no_metric_is_left_unwatched(samples: list[tuple[str, dict[str, str]]]) -> None:
    watched = {name for query in queries() for name in metric_names(query)}

    assert {name for name, _ in samples} - watched == set()


def test_the_dashboard_is_whole() -> None:
    read = dashboard()
    panels = read["panels"]

    assert max(Counter(panel["id"] for panel in panels).values()) == 1
    assert all(panel["title"] for panel in panels)
    assert not list(_overlaps(panels))
    [source] = read_yaml(OBSERVED / "grafana" / "provisioning" / "datasources" / "prometheus.yml")[
        "datasources"
    ]
    assert {panel["datasource"]["uid"] for panel in panels if "datasource" in panel} == {source["uid"]}


def _overlaps(panels: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    squares = Counter(
        (x, y)
        for panel in panels
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    )
    yield from ((str(square), "taken twice") for square, taken in squares.items() if taken > 1)
    yield from ((str(square), "off the page") for square in squares if square[0] >= 24)


@pytest.mark.parametrize("alert", alerts())
def test_each_alert_has_its_chapter_with_all_three_questions(alert: str) -> None:
    text = RUNBOOK.read_text("utf-8")
    [chapter] = re.findall(rf"^### {alert}\n(.*?)(?=^##)", text, re.MULTILINE | re.DOTALL)

    assert alerts()[alert]["annotations"]["runbook"] == f"docs/runbook.md#{alert.lower()}"
    assert [word for word in ("Means", "Look", "Do") if f"**{word}:**" not in chapter] == []


def test_the_runbook_speaks_of_no_alert_that_is_not() -> None:
    spoken = set(re.findall(r"\bApres[A-Z]\w+", RUNBOOK.read_text("utf-8")))

    assert spoken == set(alerts())


def test_every_pile_is_told() -> None:
    piles = RUNBOOK.read_text("utf-8").partition("## Piles")[2].partition("## Now and then")[0]

    assert [state for state in State if f"`{state}`" not in piles] == []
    assert [queue for queue in QUEUES if f"`{queue}`" not in piles] == []


def test_every_command_of_the_runbook_is_a_command() -> None:
    from worker.cli import app  # noqa: PLC0415 - one broken command must not take the other promises along

    known = _commands(typer.main.get_command(app))
    told = re.findall(r"(?:^    |`)apres ((?:[a-z-]+ ?)+)", RUNBOOK.read_text("utf-8"), re.MULTILINE)

    assert len(told) > 20
    assert [words for words in told if not any(f"{words.strip()} ".startswith(f"{c} ") for c in known)] == []


def _commands(command: object, words: str = "") -> list[str]:
    inner = getattr(command, "commands", {})
    return [each for name, sub in inner.items() for each in _commands(sub, f"{words} {name}")] or [
        words.strip()
    ]


def test_links_of_the_runbook_lead_somewhere() -> None:
    text = RUNBOOK.read_text("utf-8")
    anchors = {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in _titles(text)}

    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors
    assert all((RUNBOOK.parent / name).is_file() for name in re.findall(r"\]\(([a-z]+\.md)\)", text))


def _titles(text: str) -> list[str]:
    return re.findall(r"^#+ (.+)$", text, re.MULTILINE)
