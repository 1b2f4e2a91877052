"""Every guard is needed: with it the scenario finds nothing wrong, without it something is."""

from __future__ import annotations

import pytest
from redis import Redis

from tests.faults import round as campaigns
from tests.faults.mutations import MUTATIONS, Mutation, verdict
from tests.faults.run import Tally, run
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
    ("guard", "kind", "faults"),
    [
        ("gate before the final dot", "kill_worker", 6),
        ("pause at the gate", "pause_and_resume", 6),
        ("counting losses", "poison_a_mail", 6),
        ("rollback detector", "put_back_an_older_file", 2),
    ],
)
def test_without_it_a_campaign_under_faults_goes_red(
    guard: str, kind: str, faults: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaigns, "BOUND", 30.0)

    with pytest.raises(_Red):
        run(seed=3, count=faults, tell=_stop_at_the_first_wrong, kinds=(kind,), without=guard)


class _Red(Exception):
    """A round of the run has found something wrong."""


def _stop_at_the_first_wrong(tally: Tally, _count: int) -> None:
    if tally.violations:
        raise _Red(tally.violations)
