"""The containers, as far as they can be tried without an engine: schema, names, rights."""

from __future__ import annotations

import copy
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.house.compose_rules import flaws
from tests.house.tree import CHECKOUT, COMPOSE, read_compose
from worker.adapters.processes import GRACE
from worker.config import Settings
from worker.machine.ears import MARGIN

DOCKERFILE = CHECKOUT / "worker" / "Dockerfile"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """docker-compose.yml as plain values."""
    return read_compose()


def _run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    beside = Path(sys.executable).parent / tool
    return subprocess.run([beside, *arguments], capture_output=True, text=True, check=False, cwd=CHECKOUT)


def test_the_compose_file_keeps_to_the_specification() -> None:
    answer = _run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE))

    assert answer.returncode == 0, answer.stdout


def test_the_dockerfile_keeps_to_good_practice() -> None:
    answer = _run("hadolint", str(DOCKERFILE))

    assert answer.returncode == 0, answer.stdout


def test_the_compose_file_keeps_to_the_rules_of_the_house(compose: dict[str, Any]) -> None:
    assert flaws(compose) == []


@pytest.mark.parametrize(
    ("breakage", "sentence"),
    [
        (lambda c: c["services"]["beat"].pop("healthcheck"), "beat: nobody asks"),
        (lambda c: c["services"]["redis"].pop("healthcheck"), "worker: waits for the health of redis"),
        (lambda c: c["services"]["beat"].update(user="root"), "beat: runs as root"),
        (lambda c: c["services"]["redis"].pop("user"), "redis: runs as root"),
        (lambda c: c["services"]["beat"].update(read_only=False), "beat: read_only"),
        (lambda c: c["services"]["beat"].pop("cap_drop"), "beat: cap_drop"),
        (lambda c: c["services"]["inbox"].update(ports=["8025:8025"]), "inbox: port 8025:8025 is open"),
        (lambda c: c["services"]["beat"]["environment"].update(APRES_SECRET="x"), "beat: APRES_SECRET"),
        (lambda c: c["services"]["redis"].update(image="valkey/valkey"), "redis: image without a version"),
        (lambda c: c["volumes"].pop("data"), "worker: volumes has no data"),
        (lambda c: c["networks"].pop("edge"), "worker: networks has no edge"),
        (lambda c: c["secrets"].pop("relay_password"), "worker: secrets has no relay_password"),
        (lambda c: c["services"].pop("redis"), "worker: services has no redis"),
    ],
)
def test_each_rule_goes_red_when_it_is_broken(
    compose: dict[str, Any], breakage: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    broken = copy.deepcopy(compose)

    breakage(broken)

    assert any(flaw.startswith(sentence) for flaw in flaws(broken)), flaws(broken)


def test_the_ledger_of_the_containers_forgets_nothing(compose: dict[str, Any]) -> None:
    command = compose["services"]["redis"]["command"]

    settings = dict(zip(command[1::2], command[2::2], strict=True))

    assert settings["--appendonly"] == "yes"
    assert settings["--appendfsync"] == "always"
    assert settings["--maxmemory-policy"] == "noeviction"


def test_a_worker_has_time_to_finish_what_it_holds(compose: dict[str, Any]) -> None:
    patience = Settings().stop_grace + MARGIN

    assert patience < GRACE < int(compose["services"]["worker"]["stop_grace_period"].removesuffix("s"))


def test_the_dockerfile_copies_only_what_exists_and_reaches_the_engine() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE.read_text(encoding="utf-8"), re.MULTILINE)
    ignored = (CHECKOUT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    names = {name for line in copied for name in line.split()}

    assert {name for name in names if not (CHECKOUT / name).exists()} == set()
    assert names == {line.removeprefix("!") for line in ignored if line.startswith("!")}
