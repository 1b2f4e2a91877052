"""What watchers are given, as plain values: alert rules, their tests, the queries of the dashboard, the runbook."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.house.tree import CHECKOUT

OBSERVED = CHECKOUT / "worker" / "observability"
RULES, RULE_TESTS = OBSERVED / "alerts.yml", OBSERVED / "alerts.test.yml"
DASHBOARD = OBSERVED / "grafana" / "dashboards" / "apres.json"
RUNBOOK = CHECKOUT / "docs" / "runbook.md"


def read_yaml(file: Path) -> dict[str, Any]:
    """A YAML file as plain values."""
    read: dict[str, Any] = YAML(typ="safe").load(file)
    return read


def write_yaml(file: Path, value: dict[str, Any]) -> None:
    """The other way."""
    YAML(typ="safe").dump(value, file)


def alerts() -> dict[str, dict[str, Any]]:
    """Each alert rule by its name."""
    return {rule["alert"]: rule for group in read_yaml(RULES)["groups"] for rule in group["rules"]}


def dashboard() -> dict[str, Any]:
    """The Grafana dashboard."""
    read: dict[str, Any] = json.loads(DASHBOARD.read_text("utf-8"))
    return read


def queries() -> list[str]:
    """Every query of the dashboard."""
    return [target["expr"] for panel in dashboard()["panels"] for target in panel.get("targets", ())]


def metric_names(query: str) -> set[str]:
    """The metrics of ours that a query names."""
    return set(re.findall(r"\bapres_\w+", query))


def selectors(query: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each metric of ours in a query with the label values it must have, alternatives as they are written."""
    for name, labels in re.findall(r"\b(apres_\w+)(?:\{([^}]*)\})?", query):
        yield name, dict(re.findall(r'(\w+)=~?"([^"]*)"', labels))


def promtool(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Prometheus's own judge; Debian's package `prometheus` brings it (make tools)."""
    program = shutil.which("promtool")
    assert program, "promtool is missing: make tools"
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
