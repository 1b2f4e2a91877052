"""One guard taken away at a time, and the scenario in which it was the only one: the suite must go red.

A mutation changes the text of scripts as Redis gets them, while its block lasts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from redis import Redis

from tests.faults import scenarios
from worker.adapters import scripts
from worker.adapters.redis_store import RedisStore

Scenario = Callable[[RedisStore], list[str]]


@dataclass(frozen=True, slots=True)
class Mutation:
    """A guard by name: what stands in a script, and what stands there without it; the scenario that misses it."""

    guard: str
    script: str
    before: str
    after: str
    scenario: Scenario

    @contextmanager
    def carried_out(self) -> Iterator[None]:
        """Scripts registered meanwhile lack the guard. AssertionError when the guard is not there to be taken."""
        mutated = {name: self._without(scripts.source(name)) for name in scripts.NAMES}
        assert mutated[self.script] != scripts.source(self.script), f"no {self.guard} in {self.script}.lua"
        with patch.object(scripts, "source", mutated.__getitem__):
            yield

    def _without(self, script: str) -> str:
        return script.replace(self.before, self.after)


MUTATIONS = (
    Mutation("token", "open_gate", "or record.token ~= token or", "or", scenarios.a_zombie_at_the_gate),
    Mutation(
        "lease at the gate",
        "open_gate",
        "if tonumber(leased_until or 0) <= real then return 'lease_lost' end",
        "",
        scenarios.a_lease_that_ran_out,
    ),
    Mutation("lease of the reaper", "reap", "tonumber(lease) <= real and", "", scenarios.a_reaper_in_a_hurry),
    Mutation(
        "gate before the final dot",
        "open_gate",
        "move(state, cohort, 'sending', 'gate', nil, lease)",
        "true",
        scenarios.no_gate_before_the_dot,
    ),
    Mutation(
        "pause at the gate",
        "open_gate",
        "if state.status == 'paused' or notes.paused then return 'paused' end\n  "
        "if state.status ~= 'armed' then return 'cancelled' end",
        "",
        scenarios.a_pause_in_mid_batch,
    ),
    Mutation(
        "suppression at the gate",
        "open_gate",
        "if barred[place] then return 'suppressed' end",
        "",
        scenarios.a_stop_in_mid_batch,
    ),
    Mutation(
        "generation at the gate",
        "open_gate",
        "if record.generation ~= state.generation then return 'stale' end",
        "",
        scenarios.a_plan_that_changed,
    ),
    Mutation(
        "keep_for at the gate",
        "open_gate",
        "if record['until'] and record['until'] < now then return 'expired' end",
        "",
        scenarios.too_late,
    ),
    Mutation(
        "counting losses",
        "reap",
        "if record.alone then record.losses = (record.losses or 0) + 1 end",
        "",
        scenarios.a_poison,
    ),
    Mutation(
        "repeat of a call",
        "settle",
        "if repeated then\n    return true\n  elseif",
        "if",
        scenarios.a_repeat_after_a_lost_reply,
    ),
    Mutation(
        "rollback detector",
        "claim",
        "if not id or (ledger[1] == id and tonumber(ledger[2] or 0) >= tonumber(sequence)) then return true end",
        "do return true end",
        scenarios.yesterdays_ledger,
    ),
)


def mutation(guard: str) -> Mutation:
    """The one that takes this guard away."""
    return next(one for one in MUTATIONS if one.guard == guard)


def verdict(mutation: Mutation, redis: Redis) -> list[str]:
    """What the scenario finds wrong with the guard taken away; empty means that nobody would have noticed."""
    with mutation.carried_out():
        return mutation.scenario(RedisStore(redis))
