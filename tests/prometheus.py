"""A real Prometheus of the test's own, with the house's own configuration and rules, only quicker."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any, Self

from tests.observed import OBSERVED, RULES, read_yaml, write_yaml


def free_port() -> int:
    """A port of loopback that nobody has just now."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


class Prometheus:
    """Scrapes a port twice a second while its `with` block lasts; alerts fire at once (promtool tests their wait)."""

    def __init__(self, folder: Path, scraped: int) -> None:
        """Keep everything in this folder."""
        self._folder, self._port = folder / "prometheus", free_port()
        self._folder.mkdir()
        config = read_yaml(OBSERVED / "prometheus.yml")
        config["global"] = {
            "scrape_interval": "500ms",
            "scrape_timeout": "500ms",
            "evaluation_interval": "500ms",
        }
        config["scrape_configs"][0]["static_configs"] = [{"targets": [f"127.0.0.1:{scraped}"]}]
        write_yaml(self._folder / "prometheus.yml", config)
        rules = read_yaml(RULES)
        for group in rules["groups"]:
            group["rules"] = [rule | {"for": "0s"} for rule in group["rules"]]
        write_yaml(self._folder / "alerts.yml", rules)

    def __enter__(self) -> Self:
        """Start."""
        program = shutil.which("prometheus")
        assert program, "prometheus is missing: make tools"
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    program,
                    f"--config.file={self._folder}/prometheus.yml",
                    f"--storage.tsdb.path={self._folder}/data",
                    f"--web.listen-address=127.0.0.1:{self._port}",
                ],
                stdout=log,
                stderr=log,
            )
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self._process.kill()
        self._process.wait()

    def firing(self) -> set[str]:
        """The names of the alerts that call somebody now; none while it still starts."""
        return {alert["labels"]["alertname"] for alert in self._ask("alerts").get("alerts", ())}

    def answer(self, query: str) -> list[dict[str, Any]]:
        """The series that a query gives now; a query that it does not understand fails the test."""
        result: list[dict[str, Any]] = self._ask("query", query=query).get("result", [])
        return result

    def _ask(self, what: str, **words: str) -> dict[str, Any]:
        url = f"http://127.0.0.1:{self._port}/api/v1/{what}?{urllib.parse.urlencode(words)}"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                told: dict[str, Any] = json.load(answer)["data"]
                return told
        except urllib.error.HTTPError as refused:
            if refused.code == 400:
                raise
            return {}
        except OSError:
            return {}
