"""Imports only go down the floors, the inner rooms are still, and every file keeps to its budget."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.house import floor_rules as rules
from tests.house.tree import sources

Rule = Callable[[str, str], list[str]]

RULES: list[Rule] = [
    rules.climbs,
    rules.touches_the_world,
    rules.reads_the_clock,
    rules.takes_a_switch,
    rules.grows_too_long,
    rules.says_nothing,
]

BROKEN: list[tuple[Rule, str, str]] = [
    (rules.climbs, "worker/domain/plan.py", "from worker.mail.dates import day_words"),
    (rules.climbs, "worker/domain/plan.py", "from worker import config"),
    (rules.climbs, "worker/domain/plan.py", "from .message import MessageKey"),
    (rules.climbs, "worker/mail/frame.py", "from worker.ports import Store"),
    (rules.climbs, "worker/services/deliver.py", "from worker.adapters.smtp import SmtpTransport"),
    (rules.climbs, "worker/services/deliver.py", "def late():\n    import worker.adapters.smtp"),
    (rules.climbs, "worker/adapters/smtp.py", "from worker.services.deliver import deliver"),
    (rules.climbs, "worker/adapters/smtp.py", "from worker.config import Settings"),
    (rules.climbs, "worker/tasks.py", "from worker.adapters.shift import Shift"),
    (rules.climbs, "worker/cli/plan.py", "from worker import adapters"),
    (rules.touches_the_world, "worker/domain/plan.py", "import redis"),
    (rules.touches_the_world, "worker/domain/plan.py", "from pathlib import Path"),
    (rules.touches_the_world, "worker/mail/frame.py", "import os.path"),
    (rules.touches_the_world, "worker/mail/frame.py", "from urllib import request"),
    (rules.touches_the_world, "worker/services/plan.py", "import random"),
    (rules.reads_the_clock, "worker/domain/plan.py", "from datetime import datetime\ndatetime.now()"),
    (rules.reads_the_clock, "worker/mail/frame.py", "import datetime as dt\ndt.datetime.now(dt.UTC)"),
    (rules.reads_the_clock, "worker/services/deliver.py", "date.today()"),
    (rules.reads_the_clock, "worker/services/deliver.py", "clock.now()"),
    (rules.reads_the_clock, "worker/mail/frame.py", "open('frame.css')"),
    (rules.takes_a_switch, "worker/services/plan.py", "def plan(edition: str, dry: bool = False): ..."),
    (rules.takes_a_switch, "worker/mail/frame.py", "def frame(*, dark: bool | None = None): ..."),
    (rules.grows_too_long, "worker/ports.py", "pass\n" * 251),
    (rules.says_nothing, "worker/mail/utils.py", ""),
    (rules.says_nothing, "worker/common/dates.py", ""),
    (rules.says_nothing, "tests/mail/mail_helpers.py", ""),
]

SOUND: list[tuple[Rule, str, str]] = [
    (rules.climbs, "worker/bootstrap.py", "from worker.adapters.smtp import SmtpTransport"),
    (rules.climbs, "worker/cli/plan.py", "from worker import bootstrap\nfrom worker.services import plan"),
    (
        rules.climbs,
        "worker/adapters/memory.py",
        "from worker.ports import Store\nfrom worker.mail.listed_mail import X",
    ),
    (
        rules.touches_the_world,
        "worker/domain/plan.py",
        "from datetime import time\nfrom zoneinfo import ZoneInfo",
    ),
    (rules.touches_the_world, "worker/mail/frame.py", "import jinja2"),
    (rules.touches_the_world, "worker/adapters/smtp.py", "import socket"),
    (rules.reads_the_clock, "worker/services/deliver.py", "now = tools.store.now()"),
    (rules.reads_the_clock, "worker/domain/window.py", "wall = moment.time()"),
    (rules.reads_the_clock, "worker/adapters/shift.py", "import time\ntime.monotonic()"),
    (rules.takes_a_switch, "worker/cli/plan.py", "def plan(*, json: bool = False): ..."),
    (rules.grows_too_long, "worker/ports.py", "pass\n" * 250),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_file_of_the_worker(rule: Rule) -> None:
    texts = sources("worker")

    broken = [sentence for path, text in texts.items() for sentence in rule(path, text)]

    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("rule", [rules.says_nothing, rules.grows_too_long], ids=lambda rule: rule.__name__)
def test_no_file_of_the_tests(rule: Rule) -> None:
    texts = sources("tests")

    broken = [sentence for path, text in texts.items() for sentence in rule(path, text)]

    assert not broken, "\n".join(broken)


def test_no_function_stands_twice() -> None:
    twins = rules.stands_twice(sources("worker"))

    assert not twins, "\n".join(twins)


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN)
def test_each_rule_goes_red_when_it_is_broken(rule: Rule, path: str, text: str) -> None:
    broken = rule(path, text)

    assert len(broken) == 1
    assert broken[0].startswith(path)


@pytest.mark.parametrize(("rule", "path", "text"), SOUND)
def test_no_rule_forbids_what_is_fine(rule: Rule, path: str, text: str) -> None:
    assert rule(path, text) == []


def test_a_function_that_stands_twice_is_found_under_another_name() -> None:
    body = "(line):\n    {}\n    name, _, value = line.partition(':')\n    value = int(value)\n    return name, value\n"
    texts = {
        "worker/a.py": "def read" + body.format("'''A.'''"),
        "worker/b.py": "def parse" + body.format("'''B.'''"),
    }

    assert rules.stands_twice(texts) == ["worker/a.py, line 1: read = worker/b.py, line 1: parse"]
