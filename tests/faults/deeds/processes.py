"""What happens to workers and beats: killed, frozen, stopped, doubled, under a wrong clock, or poisoned by a mail."""

from __future__ import annotations

from tests.faults.crew import BEATS, WORKERS, wait
from tests.faults.round import NotNow, Round
from worker.domain.lifecycle import WAITING

#: Real seconds a worker is frozen: past the leases of what it claimed, and past those of what it is sending.
_FROZEN = (2.0, 2.0, 12.0)

#: Real seconds: a beat frozen past a few ticks, a second beat's time on duty, a wrong clock, and the longest wait for
#: a beat to reach its trap.
_BEAT_FROZEN, _ON_DUTY, _WRONG, _TRAPPED = 3.0, 4.0, 2.0, 5.0


def kill_worker(run: Round) -> None:
    """SIGKILL, children and all."""
    run.interrupted(2)
    run.crew.kill(run.chance.choice(WORKERS))


def kill_child(run: Round) -> None:
    """SIGKILL to one pool process."""
    run.interrupted(1)
    if not run.crew.kill_a_child(run.chance.choice(WORKERS), run.chance.randrange(8)):
        raise NotNow


def freeze_worker(run: Round) -> None:
    """SIGSTOP for longer than its leases, then SIGCONT: a zombie with an old plan in its hands."""
    run.interrupted(2)
    run.crew.freeze(run.chance.choice(WORKERS), run.chance.choice(_FROZEN))


def stop_worker(run: Round) -> None:
    """SIGTERM, as a new version is rolled out: what is past its gate is finished, the rest given back. No doubts."""
    run.crew.stop(run.chance.choice(WORKERS))


def kill_beat(run: Round) -> None:
    """SIGKILL to a beat."""
    run.crew.kill(run.chance.choice(BEATS))


def freeze_beat(run: Round) -> None:
    """SIGSTOP to a beat, so that another may think it is gone."""
    run.crew.freeze(run.chance.choice(BEATS), _BEAT_FROZEN)


def two_beats_at_once(run: Round) -> None:
    """Another beat ticks beside the one that holds the lock, for a while."""
    run.crew.hire_second_beat(_ON_DUTY)


def kill_beat_in_mid_tick(run: Round) -> None:
    """SIGKILL to the beat that ticks, between reserving an entry and sending its task."""
    run.crew.lay_trap()
    for _ in range(round(_TRAPPED / 0.05)):
        if run.crew.trap_is_sprung():
            return
        wait(0.05)
    run.crew.take_trap_away()
    raise NotNow


def bend_clock(run: Round) -> None:
    """One worker's wall clock steps by minutes or hours, either way, and later back."""
    run.crew.bend_clock("worker-b", run.chance.choice((-7200, -600, 600, 7200)), _WRONG)


def poison_a_mail(run: Round) -> None:
    """From now on one mail kills the process that writes it, as a broken library would."""
    waiting = [record.key for record in run.store.records(run.edition.id) if record.state in WAITING]
    if not waiting:
        raise NotNow
    key = run.chance.choice(waiting)
    run.crew.poison(key)
    run.poisoned |= {key}
