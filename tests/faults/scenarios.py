"""Two workers on a real ledger by hand, in each scenario one guard the only one: what went wrong, or nothing.

What a random run meets once in a while happens here every time.
"""

from __future__ import annotations

from datetime import timedelta

from tests.stores.contract import ANNE, NOON, armed, claim, let_leases_run_out, sending, settled, states
from worker.adapters.keys import bundle
from worker.adapters.redis_store import RedisStore
from worker.domain.campaign import Campaign, Status
from worker.domain.delivery import POISON_AFTER
from worker.domain.lifecycle import State
from worker.domain.plan import Plan
from worker.domain.reason import Reason
from worker.domain.suppression import Cause, Suppression


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
            keys=bundle("cafe-12"), args=["cafe-12", POISON_AFTER, f'["{member.partition(".")[2]}"]']
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
        if sending(store, held, "print", ("all",)) == [None]
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
