"""The Celery tasks: address labels. They carry no edition, step or person; the ledger knows what is due."""

from __future__ import annotations

from celery import Celery

from worker import bootstrap
from worker.bootstrap.feeds import write_feeds
from worker.bootstrap.readings import read_mailbox
from worker.domain.sequence import Lane
from worker.services import deliver as delivering
from worker.services import tend
from worker.services import tidy as tidying

app = Celery("apres", set_as_current=False)


def _wake(lane: Lane, hands: int) -> None:
    with app.connection_or_acquire() as connection:
        waiting = connection.default_channel.client.llen(lane)
    for _ in range(min(hands, bootstrap.settings().wake_ups - waiting)):
        app.send_task("deliver", args=(lane,), queue=lane)


@app.task(name="tick")
def tick() -> None:
    """Look at the schedule and wake as many workers as there is work."""
    tend.tick(bootstrap.tools(), _wake)


@app.task(name="deliver")
def deliver(lane: str) -> None:
    """Send what is due in this lane until nothing is, or the time is up."""
    delivering.deliver(bootstrap.tools(), Lane(lane), bootstrap.shift())


@app.task(name="watch")
def watch() -> None:
    """Look for what needs a person."""
    tend.watch(bootstrap.tools())


@app.task(name="tidy")
def tidy() -> None:
    """Keep nothing for longer than settings say."""
    tidying.tidy(bootstrap.tools())


@app.task(name="receive")
def receive() -> None:
    """Read the mailbox for answers, where there is one."""
    read_mailbox()


@app.task(name="feed")
def feed() -> None:
    """Write the calendar of each series, where a folder is named for them."""
    write_feeds()
