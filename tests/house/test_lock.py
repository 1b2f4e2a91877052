"""Everybody installs the same files: the locks are hashed, name no host and follow pyproject.toml."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.house.lock_rules import flaws, name_of, pinned
from tests.house.tree import CHECKOUT

LOCKS = ("requirements.lock", "requirements-run.lock", "requirements-build.lock")

HASH = "    --hash=sha256:" + "0" * 64


def _lock(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


def _pyproject() -> dict[str, Any]:
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_hashed_and_names_no_place(name: str) -> None:
    assert flaws(_lock(name)) == []


@pytest.mark.parametrize(
    "line",
    [
        "redis",
        "redis>=8",
        "redis @ https://example.org/redis.whl",
        "--index https://example.org",
        "-e .",
        "./wheels/redis.whl",
        "redis==8.1.0",
        "# uv pip compile --index-url https://example.org",
    ],
)
def test_a_line_that_would_let_another_file_in_is_a_flaw(line: str) -> None:
    sound = f"# made\namqp==5.4.2 \\\n{HASH}\n"

    assert flaws(sound) == []
    assert flaws(f"{sound}{line}\n")


def test_a_pin_without_a_hash_is_a_flaw() -> None:
    assert flaws(f"amqp==5.4.2 \\\nredis==8.1.0 \\\n{HASH}\n") == ["line 1: no hash follows: amqp==5.4.2 \\"]


def test_everything_that_pyproject_asks_for_is_locked() -> None:
    project = _pyproject()
    asked = project["project"]["dependencies"]
    tools = [tool for tool in project["dependency-groups"]["dev"] if isinstance(tool, str)]
    builders = [*project["dependency-groups"]["build"], *project["build-system"]["requires"]]

    everything = pinned(_lock("requirements.lock"))

    assert {name_of(each) for each in (*asked, *tools, *builders)} <= everything.keys()
    assert {name_of(each) for each in asked} <= pinned(_lock("requirements-run.lock")).keys()
    assert {name_of(each) for each in builders} <= pinned(_lock("requirements-build.lock")).keys()


@pytest.mark.parametrize("name", ["requirements-run.lock", "requirements-build.lock"])
def test_what_runs_in_the_image_is_what_was_tested(name: str) -> None:
    tested = pinned(_lock("requirements.lock"))

    image = pinned(_lock(name))

    assert {package: _version(line) for package, line in image.items()} == {
        package: _version(tested[package]) for package in image
    }


def _version(line: str) -> str:
    return line.partition("==")[2].split()[0]
