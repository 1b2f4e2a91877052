"""One guard taken away at a time, and the scenario in which it was the only one: the suite must go red.

A mutation changes the text of a script as Redis gets it, or one function of ours, while its block lasts. A scenario
plays two workers on a real ledger by hand, so that what a random run meets once in a while happens every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from unittest.mock import patch

from redis import Redis

from tests.stores.contract import ANNE, NOON, armed, claim, let_leases_run_out, sending, settled, states
from worker.adapters import scripts
from worker.adapters.redis_store import RedisStore
from worker.domain.campaign import Campaign, Status
from worker.domain.delivery import POISON_AFTER
from worker.domain.lifecycle import State
from worker.domain.plan import Plan
from worker.domain.reason import Reason
from worker.domain.suppression import Cause, Suppression

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
        whole = scripts.source.__wrapped__(self.script)
        assert self.before in whole, f"{self.guard} no longer stands in {self.script}.lua as it did"
        mutated = whole.replace(self.before, self.after)
        original = scripts.source

        def source(name: str) -> str:
            return mutated if name == self.script else original(name)

        with patch.object(scripts, "source", source):
            yield


def a_zombie_at_the_gate(store: RedisStore) -> list[str]:
    """A frozen worker comes back while another holds its message, and both ask for the gate."""
    armed(store, ANNE)
    frozen = claim(store)
    let_leases_run_out(store)
    store.reap()
    second = claim(store, "t2")
    passed = [sending(store, claims) == [None] for claims in (frozen, second)]
    return ["two workers passed the gate with one message"] if all(passed) else []


def a_lease_that_ran_out(store: RedisStore) -> list[str]:
    """A worker comes to the gate after its lease: nobody has reaped yet, somebody may at any moment."""
    armed(store, ANNE)
    held = claim(store)
    let_leases_run_out(store)
    return ["a gate opened after its lease"] if sending(store, held) == [None] else []


def a_reaper_in_a_hurry(store: RedisStore) -> list[str]:
    """The reaper looks while a worker is at work: its lease is good."""
    armed(store, ANNE)
    sending(store, claim(store))
    for member in store._redis.zrange("{apres}:leases", 0, -1):  # noqa: SLF001 - as the reaper's first look would
        store._scripts["reap"](  # noqa: SLF001 - likewise
            keys=scripts_keys("cafe-12"), args=["cafe-12", POISON_AFTER, f'["{member.partition(".")[2]}"]']
        )
    return (
        ["a mail was doubted while its worker was at work"] if states(store)["anne"] is State.IN_DOUBT else []
    )


def no_gate_before_the_dot(store: RedisStore) -> list[str]:
    """A worker dies right after its dot: had the gate not been written, nobody would know."""
    armed(store, ANNE)
    sending(store, claim(store))
    let_leases_run_out(store)
    store.reap()
    again = claim(store, "t2")
    return ["a mail that may have left was given out again"] if again else []


def a_pause_in_mid_batch(store: RedisStore) -> list[str]:
    """An organizer pauses while a worker composes."""
    armed(store, ANNE)
    held = claim(store)
    store.steer(Campaign("cafe-12", Status.PAUSED))
    return ["a mail left during a pause"] if sending(store, held) == [None] else []


def a_stop_in_mid_batch(store: RedisStore) -> list[str]:
    """Somebody unsubscribes while a worker composes."""
    armed(store, ANNE)
    held = claim(store)
    store.suppress(Suppression("print", Cause.UNSUBSCRIBED, NOON))
    return (
        ["a mail left for somebody who had said stop"]
        if sending(store, held, ("print/all",)) == [None]
        else []
    )


def a_plan_that_changed(store: RedisStore) -> list[str]:
    """A new plan is being written, a thousand messages at a time, and has not come to the one a worker holds."""
    armed(store, ANNE)
    held = claim(store)
    store.plan(Plan("cafe-12", (), frozenset({"nudge"})), {}, reason=Reason.REPLANNED)
    return ["a mail of the old plan left"] if sending(store, held) == [None] else []


def a_poison(store: RedisStore) -> list[str]:
    """A mail takes its worker along, every time."""
    armed(store, ANNE)
    for number in range(2 * POISON_AFTER):
        if not claim(store, f"t{number}"):
            break
        let_leases_run_out(store)
        store.reap()
    return [] if states(store)["anne"] is State.DEAD else ["a poison mail is tried for ever"]


def a_repeat_after_a_lost_reply(store: RedisStore) -> list[str]:
    """The client says a settlement again because its reply was lost."""
    armed(store, ANNE)
    [held] = claim(store)
    sending(store, (held,))
    answers = [settled(store, held, State.SENT), settled(store, held, State.SENT)]
    return [] if answers == [True, True] else ["a repeated settlement was taken for a stranger's"]


def yesterdays_ledger(store: RedisStore) -> list[str]:
    """The ledger was put back; a worker remembers more passages than it counts."""
    armed(store, ANNE)
    store._witness = _Remembers(f"{store.ledger().id}:7")  # noqa: SLF001 - a worker with a longer memory
    return ["an older ledger gave out work"] if claim(store) else []


def too_late(store: RedisStore) -> list[str]:
    """The last good moment passes while a worker composes."""
    armed(store, ANNE, until=NOON + timedelta(minutes=1))
    held = claim(store)
    store.set_clock(NOON + timedelta(hours=2))
    return ["a mail left after its keep_for"] if sending(store, held) == [None] else []


class _Remembers:
    def __init__(self, mark: str) -> None:
        self._mark = mark

    def mark(self) -> str:
        return self._mark

    def fresh_mark(self) -> str:
        return self._mark

    def passed(self, sequence: int, keys: object) -> None:
        pass

    def settled(self, settlements: object) -> None:
        pass

    def refused(self, ledger: object) -> None:
        pass


def scripts_keys(edition: str) -> list[str]:
    """The keys of a script that claims nothing."""
    from worker.adapters.keys import bundle  # noqa: PLC0415 - a scenario's own need

    return bundle(edition)


MUTATIONS = (
    Mutation("token", "open_gate", "or record.token ~= token or", "or", a_zombie_at_the_gate),
    Mutation(
        "lease at the gate",
        "open_gate",
        "if tonumber(redis.call('ZSCORE', LEASES, EDITION .. '.' .. field) or 0) <= real then return 'lease_lost' end",
        "",
        a_lease_that_ran_out,
    ),
    Mutation("lease of the reaper", "reap", "tonumber(lease) <= real and", "", a_reaper_in_a_hurry),
    Mutation(
        "gate before the final dot",
        "open_gate",
        "move(state, field, record, 'sending', 'gate', nil, lease)",
        "true",
        no_gate_before_the_dot,
    ),
    Mutation(
        "pause at the gate",
        "open_gate",
        "if state.status == 'paused' or notes.paused then return 'paused' end\n  "
        "if state.status ~= 'armed' then return 'cancelled' end",
        "",
        a_pause_in_mid_batch,
    ),
    Mutation(
        "suppression at the gate",
        "open_gate",
        "if suppressed(fields) then return 'suppressed' end",
        "",
        a_stop_in_mid_batch,
    ),
    Mutation(
        "generation at the gate",
        "open_gate",
        "if record.generation ~= state.generation then return 'stale' end",
        "",
        a_plan_that_changed,
    ),
    Mutation(
        "keep_for at the gate",
        "open_gate",
        "if record['until'] and record['until'] < now then return 'expired' end",
        "",
        too_late,
    ),
    Mutation(
        "counting losses",
        "reap",
        "if record.alone then record.losses = (record.losses or 0) + 1 end",
        "",
        a_poison,
    ),
    Mutation(
        "repeat of a call",
        "settle",
        "if repeated then\n    answers[i] = 1\n  elseif",
        "if",
        a_repeat_after_a_lost_reply,
    ),
    Mutation(
        "rollback detector", "claim", "if not is_known(ARGV[10]) then return false end", "", yesterdays_ledger
    ),
)


def verdict(mutation: Mutation, redis: Redis) -> list[str]:
    """What the scenario finds wrong with the guard taken away; empty means that nobody would have noticed."""
    with mutation.carried_out():
        return mutation.scenario(RedisStore(redis))
