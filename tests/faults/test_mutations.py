"""Every guard is needed: with it the scenario finds nothing wrong, without it something is."""

from __future__ import annotations

import pytest
from redis import Redis

from tests.faults.mutations import MUTATIONS, Mutation, verdict
from worker.adapters.redis_store import RedisStore


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_with_every_guard_the_scenario_is_harmless(mutation: Mutation, redis: Redis) -> None:
    assert mutation.scenario(RedisStore(redis)) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_without_it_something_goes_wrong(mutation: Mutation, redis: Redis) -> None:
    found = verdict(mutation, redis)

    assert found, f"nobody would miss the {mutation.guard}"
