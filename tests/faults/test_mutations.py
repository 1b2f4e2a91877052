"""Every guard is needed: with it the scenario finds nothing wrong, without it something is."""

from __future__ import annotations

import pytest
from redis import Redis

from tests.faults import round as campaigns
from tests.faults.mutations import MUTATIONS, Mutation, verdict
from tests.faults.run import run
from worker.adapters.redis_store import RedisStore


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_with_every_guard_the_scenario_is_harmless(mutation: Mutation, redis: Redis) -> None:
    assert mutation.scenario(RedisStore(redis)) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_without_it_something_goes_wrong(mutation: Mutation, redis: Redis) -> None:
    found = verdict(mutation, redis)

    assert found, f"nobody would miss the {mutation.guard}"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("guard", "kinds"),
    [
        ("gate before the final dot", ("kill_worker",)),
        ("pause at the gate", ("pause_and_resume",)),
        ("counting losses", ("poison_a_mail",)),
        ("rollback detector", ("put_back_an_older_file",)),
    ],
)
def test_without_it_a_campaign_under_faults_goes_red(
    guard: str, kinds: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaigns, "BOUND", 30.0)

    tally = run(seed=3, count=6, tell=lambda _tally, _count: None, kinds=kinds, without=guard)

    assert tally.violations
