"""The play: people are imported, the plan is read and armed, two weeks pass, and the inbox is counted."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from worker import bootstrap, places
from worker.adapters.edition_files import read_edition
from worker.adapters.inbox_maildir import Maildir
from worker.demo.attendees import Reply, replies
from worker.demo.audit import Audit, audit, key_of
from worker.demo.introducing import yeses
from worker.demo.screen import Bars, Screen
from worker.demo.stage import ANSWERS, Stage
from worker.domain.answer import Partstat
from worker.domain.edition import Edition
from worker.domain.errors import Unsettled
from worker.domain.follow_ups import INTRODUCED
from worker.domain.lifecycle import FINAL, State
from worker.domain.reason import Reason
from worker.domain.summaries import SUMMARY
from worker.services import campaign
from worker.services.evidence import settle_by_looking
from worker.services.report import standing

#: Real seconds after which a rehearsal has failed; it takes a fraction of this.
PATIENCE = 120.0
_GLANCE = 0.1

SAMPLE = "cafe-12"
EARLIER = ("cafe-10", "cafe-11")


@dataclass(slots=True)
class Play:
    """One run over the sample edition. `kill_at` is how many mails arrive before the worker is killed, or None."""

    stage: Stage
    screen: Screen
    kill_at: int | None = None
    killed_after: int | None = None
    doubts: dict[str, bool] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)
    introduced: tuple[str, ...] = ()

    def run(self, edition: Edition) -> Audit:
        """From armed to settled; gives what the inbox says. Raises Unsettled when it never ends."""
        campaign.arm(bootstrap.tools(), edition.id)
        self.stage.crew.start("worker", "worker", "--with-parent", str(os.getpid()))
        self.stage.crew.start("beat", "beat", "--with-parent", str(os.getpid()))
        with self.screen.bars() as bars:
            self._follow(edition, bars)
            self.doubts = self._end_doubts(edition)
            self._follow(edition, bars)
            self._let_introduce(edition)
            self._follow(edition, bars)
        self._let_answer(edition)
        return self.audit(edition)

    def _let_answer(self, edition: Edition) -> None:
        """Two of those invited answer in their calendars; a worker reads it, and organizers are told that evening."""
        store, mailbox = bootstrap.store(), Maildir(self.stage.folder / ANSWERS)
        self.replies = replies(self.stage.received(), store.now(), Partstat.ACCEPTED, Partstat.DECLINED)
        for reply in self.replies:
            mailbox.keep(reply.mail)
        self.stage.read_mailbox()
        self._wait_until(lambda: any(step.startswith(SUMMARY.name) for step, _ in store.counts(edition.id)))
        self._wait_until(lambda: self._is_settled(edition))

    def _let_introduce(self, edition: Edition) -> None:
        """Two people say yes to each other, in reply to the question they got; a worker reads it."""
        store, mailbox = bootstrap.store(), Maildir(self.stage.folder / ANSWERS)
        both = yeses(bootstrap.tools(), edition, self.stage.received())
        for mail in both.values():
            mailbox.keep(mail)
        self.introduced = tuple(both)
        if both:
            self.stage.read_mailbox()
            self._wait_until(lambda: any(s.startswith(INTRODUCED.name) for s, _ in store.counts(edition.id)))

    def _wait_until(self, condition: Callable[[], bool]) -> None:
        end, glance = time.monotonic() + PATIENCE, threading.Event()
        while not condition():
            if time.monotonic() > end:
                raise Unsettled(f"the rehearsal does not end: see {self.stage.folder / 'logs'}")
            self.stage.crew.revive()
            glance.wait(_GLANCE)

    def audit(self, edition: Edition) -> Audit:
        """Count again from the inbox."""
        store = bootstrap.store()
        names = store.editions_at_work()
        records = [record for name in names for record in store.records(name)]
        resent = frozenset(e.key for name in names for e in store.entries(name) if e.reason is Reason.AGAIN)
        return audit(self.stage.received(), records, edition.next, resent=resent)

    def _follow(self, edition: Edition, bars: Bars) -> None:
        def settled() -> bool:
            self._maybe_kill()
            self._show(edition, bars)
            return self._is_settled(edition)

        self._wait_until(settled)
        self._show(edition, bars)

    def _is_settled(self, edition: Edition) -> bool:
        done = FINAL | {State.IN_DOUBT}
        return all(record.state in done for record in bootstrap.store().records(edition.id))

    def _show(self, edition: Edition, bars: Bars) -> None:
        store = bootstrap.store()
        clock = store.now().astimezone(edition.meeting.zone)
        bars.show(standing(store, edition.id).progress, f"{clock:%d/%m %H:%M}")

    def _maybe_kill(self) -> None:
        if self.kill_at is not None and self.stage.received_count() >= self.kill_at:
            self.kill_at, self.killed_after = None, self.stage.received_count()
            self.stage.crew.kill("worker")

    def _end_doubts(self, edition: Edition) -> dict[str, bool]:
        arrived = {key_of(mail) for mail in self.stage.received()}
        found = settle_by_looking(bootstrap.store(), edition.id, lambda key: key in arrived)
        return {str(key): there for key, there in found.items()}


def sample_edition(name: str) -> tuple[Edition, Path]:
    """An edition of the sample and its guest list."""
    folder = places.sample_folder()
    guests = folder / ("invites.csv" if name == SAMPLE else f"{name}.csv")
    return read_edition(folder / f"{name}.toml"), guests


def stand_after(edition: Edition) -> None:
    """Bend the ledger's clock: it is half an hour after the end, and will leap from one due moment to the next."""
    bootstrap.store().set_clock(edition.meeting.end + timedelta(minutes=30))


def somewhere(total: int) -> int:
    """A random number of mails, neither the first nor the last few."""
    return random.randint(total // 10 + 1, max(total * 8 // 10, total // 10 + 1))  # noqa: S311 - chance, not a secret
