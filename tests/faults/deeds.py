"""The faults, each a deed on a running round; whoever draws them knows only their names."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from redis import Redis

from tests.faults.crew import BEATS, FAKETIME, WORKERS, wait
from tests.faults.proxy import Deed, Side, Trouble
from tests.faults.round import Round
from worker.domain.campaign import Status
from worker.domain.errors import Refused
from worker.domain.person import Presence
from worker.domain.reason import Reason
from worker.services import campaign, suppress

Fault = Callable[[Round], None]

#: Real seconds: longer than the leases of a run, longer than beat's lock, and a moment.
PAST_THE_LEASE, PAST_THE_LOCK, A_MOMENT = 4.5, 3.0, 1.0


def kill_worker(run: Round) -> None:
    """SIGKILL, children and all."""
    run.interrupted(2)
    run.crew.kill(run.chance.choice(WORKERS))


def kill_child(run: Round) -> None:
    """SIGKILL to one pool process."""
    run.interrupted(1)
    run.crew.kill_a_child(run.chance.choice(WORKERS), run.chance.randrange(8))


def freeze_worker(run: Round) -> None:
    """SIGSTOP for longer than its leases, then SIGCONT: a zombie with an old plan in its hands."""
    name = run.chance.choice(WORKERS)
    run.interrupted(2)
    run.crew.freeze(name)
    wait(PAST_THE_LEASE)
    run.crew.thaw(name)


def kill_beat(run: Round) -> None:
    """SIGKILL to a beat."""
    run.crew.kill(run.chance.choice(BEATS))


def freeze_beat(run: Round) -> None:
    """SIGSTOP to a beat for a while."""
    name = run.chance.choice(BEATS)
    run.crew.freeze(name)
    wait(PAST_THE_LOCK)
    run.crew.thaw(name)


def kill_redis(run: Round) -> None:
    """SIGKILL to the ledger's server, and a start from its append-only file."""
    run.interrupted(4)
    run.restart_redis()


def freeze_redis(run: Round) -> None:
    """SIGSTOP to the server for a moment."""
    run.interrupted(4)
    os.kill(run.server.pid, signal.SIGSTOP)
    wait(A_MOMENT)
    os.kill(run.server.pid, signal.SIGCONT)


def flush_broker(run: Round) -> None:
    """Every key of the broker is deleted."""
    with _client(run) as client:
        client.delete(
            "campaign", "urgent", "chores", *client.scan_iter("_kombu*"), *client.scan_iter("unacked*")
        )


def flush_redbeat(run: Round) -> None:
    """Every key of RedBeat is deleted, its lock too."""
    with _client(run) as client:
        client.delete("none", *client.scan_iter("{apres}:redbeat*"))


def kill_clients(run: Round) -> None:
    """CLIENT KILL of every connection."""
    with _client(run) as client:
        client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")


def cut_lines(run: Round) -> None:
    """Every line of the far worker to Redis is cut at once."""
    run.proxy.cut()


def strand_lines(run: Round) -> None:
    """The far worker's lines fall silent without a FIN."""
    run.interrupted(2)
    run.proxy.strand()


def lose_a_wake_up(run: Round) -> None:
    """The reply to a BRPOP is lost: what it popped is gone."""
    run.proxy.tell(Trouble(b"BRPOP", Deed.PASS_THEN_CUT, times=1, side=Side.CLIENT))


def lose_a_settlement(run: Round) -> None:
    """A script is carried out and its reply lost, so that the client says it again."""
    run.proxy.tell(Trouble(b"EVALSHA", Deed.PASS_THEN_CUT, times=2, side=Side.CLIENT))


def bend_clock(run: Round) -> None:
    """One worker's wall clock steps by minutes or hours, either way, and back."""
    if FAKETIME:
        run.crew.set_clock("worker-b", run.chance.choice((-7200, -600, 600, 7200)))
        wait(A_MOMENT)
        run.crew.set_clock("worker-b", 0)


def pause_and_resume(run: Round) -> None:
    """An organizer pauses in the middle, and goes on."""
    if run.store.campaign(run.edition.id).status is not Status.ARMED:
        return
    try:
        campaign.pause(run.tools, run.edition.id)
        first = run.entry_count()
        wait(A_MOMENT)
        run.pauses.append((first, run.entry_count()))
        campaign.resume(run.tools, run.edition.id)
    except Refused:  # the campaign paused itself at this very moment
        return


def suppress_somebody(run: Round) -> None:
    """Somebody wants no more mail."""
    person = run.chance.choice(sorted(run.addresses))
    suppress.suppress(run.tools, run.addresses[person])
    run.suppressed.setdefault(person, run.entry_count())
    run.causes |= {Reason.SUPPRESSED, Reason.NO_PARTNER}


def move_edition(run: Round) -> None:
    """The next Café moves by a day: everything unsent is planned anew."""
    meeting = run.edition.next
    if meeting is None:
        return
    moved = replace(meeting, start=meeting.start + timedelta(days=1), end=meeting.end + timedelta(days=1))
    run.edition = replace(run.edition, next=moved)
    run.store.save_edition(run.edition)
    campaign.reschedule(run.tools, run.edition.id)


def import_again(run: Round) -> None:
    """The list is imported again, with somebody who in truth did not come."""
    guests = run.store.guests(run.edition.id)
    person = run.chance.choice(sorted(guests))
    run.store.save_guests(run.edition.id, [replace(guests[person], presence=Presence.ABSENT)])
    run.causes |= {Reason.ABSENT, Reason.NO_PARTNER}
    campaign.reschedule(run.tools, run.edition.id)


FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        kill_worker,
        kill_child,
        freeze_worker,
        kill_beat,
        freeze_beat,
        kill_redis,
        freeze_redis,
        flush_broker,
        flush_redbeat,
        kill_clients,
        cut_lines,
        strand_lines,
        lose_a_wake_up,
        lose_a_settlement,
        bend_clock,
        pause_and_resume,
        suppress_somebody,
        move_edition,
        import_again,
    )
}


def _client(run: Round) -> Redis:
    return Redis.from_url(run.server.url, socket_timeout=10)
