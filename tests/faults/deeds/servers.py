"""What happens to Redis: killed, frozen, its disk full, its keys deleted, an older file put back."""

from __future__ import annotations

import os
import signal

from redis import Redis

from tests.faults.crew import wait
from tests.faults.round import NotNow, Round

#: Real seconds: Redis answers nobody, the disk is full, and the longest wait for something to be noticed.
_FROST, _FULL, _NOTICED = 1.0, 1.0, 10.0


def kill_redis(run: Round) -> None:
    """SIGKILL to the ledger's server, and a start from its append-only file."""
    run.interrupted(4)
    run.server.restart()


def freeze_redis(run: Round) -> None:
    """SIGSTOP to the server for a moment."""
    run.interrupted(4)
    os.kill(run.server.pid, signal.SIGSTOP)
    wait(_FROST)
    os.kill(run.server.pid, signal.SIGCONT)


def fill_disk(run: Round) -> None:
    """The append-only file cannot grow, so the server leaves; when there is room again it is started."""
    run.interrupted(4)
    if not run.server.dies_of_a_full_disk(within=_NOTICED):
        raise NotNow
    wait(_FULL)
    run.server.start_again()


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


def put_back_an_older_file(run: Round) -> None:
    """Yesterday's append-only file is put back: nothing may leave until `apres reconcile` has been run."""
    run.crew.hurry()  # whoever is frozen has not heard what was sent meanwhile
    with run.server.copy_of_its_file() as yesterday:
        known = run.store.ledger().sequence
        if not run.comes_true(lambda: run.crew.least_passages() > known, _NOTICED / 2):
            raise NotNow
        run.interrupted(4)
        run.server.put_back(yesterday)
    first = run.entry_count()
    if not run.comes_true(lambda: bool(run.store.ledger().held), 2 * _NOTICED):
        run.complain("an older ledger was put back and nobody held it")
    wait(_FROST)
    run.pauses.append((first, run.entry_count()))
    run.crew.reconcile()


def _client(run: Round) -> Redis:
    return Redis.from_url(run.server.url, socket_timeout=10)
