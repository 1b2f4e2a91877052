"""People who were there and are named to each other at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.sample import cafe, guest
from tests.services.office import office, opened
from worker.domain.edition import Introductions, Naming
from worker.domain.facts import Facts
from worker.domain.introductions import IntroductionPlan
from worker.domain.person import Consent, Guest, Presence
from worker.domain.suppression import Cause, Suppression
from worker.services.tools import Limits, Tools

NAMES = ("Anne", "Bruno", "Clara", "David", "Emma", "Farid")


EDITION = replace(cafe(12), introductions=Introductions(Naming.NAMED))


def came(name: str) -> Guest:
    return guest(name, presence=Presence.PRESENT, introduced=Consent.GIVEN)


def house(*names: str, meanwhile: Callable[[Facts], object] = lambda _facts: None) -> Tools:
    tools = office(meanwhile=meanwhile, limits=Limits(batch=1, undo=Limits().undo * 0))
    opened(tools, *(came(name) for name in names), edition=EDITION)
    return tools


def plan_of(tools: Tools) -> IntroductionPlan:
    plan = tools.store.introductions("cafe-12")
    assert plan is not None
    return plan


def leave(tools: Tools, name: str) -> None:
    tools.store.suppress(Suppression(f"print-{name}@example.org", Cause.UNSUBSCRIBED, tools.store.now()))
