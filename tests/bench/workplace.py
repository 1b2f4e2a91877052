"""The product as it runs: its own Redis with AOF always, real Celery, a campaign of one invitation for each guest."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from celery import Celery

from tests.enlisted import enlist
from tests.sample import cafe
from tests.until import until
from worker import bootstrap
from worker.adapters.redis_server import RunningServer, ensure_server
from worker.adapters.redis_store import RedisStore
from worker.domain.edition import Edition
from worker.domain.errors import Unsettled
from worker.domain.lifecycle import State
from worker.domain.person import Guest, Person, Presence
from worker.domain.sequence import CHORES
from worker.places import schedule_folder, template_folder

#: Paragraphs added to a letter: an invitation then weighs 21.7 kB on the wire. The protocol has 18 to 22, and its goals
#: come from mails of 22 (research: performance §5).
_LONGER = (
    "\n\nCe que nous gardons du débat : entre le virtuel et le réel, chaque rencontre doit avoir sa chance."
)
_PARAGRAPHS = 38

_SEQUENCE = """
[window]
opens = "00:00"
closes = "23:59"
days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

[[steps]]
when = "end + 1 h"
to = "invited"
keep_for = "60 days"
in_doubt = "hold"
"""


def longer(template: str) -> str:
    """A letter's template with these paragraphs below."""
    return template + _LONGER * _PARAGRAPHS + "\n"


@dataclass(frozen=True, slots=True)
class Mailing:
    """The one step of a measured campaign; both mails weigh the same but for the calendar part."""

    step: str
    words: str

    @property
    def sequence(self) -> str:
        """Its schedule file: due an hour after the end, at any hour of any day."""
        return _SEQUENCE + f'name = "{self.step}"\n{self.words}\n'


INVITATION = Mailing("invitation", 'purpose = "invitations"\ncalendar = "request"')
THANK_YOU = Mailing("thank-you", 'purpose = "thanks"')


@dataclass
class Workplace:
    """One Redis, one worker with two processes, one beat. `environment` is what the processes get."""

    folder: Path
    server: RunningServer
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def store(self) -> RedisStore:
        """The ledger."""
        return bootstrap.store()

    def start(self, *commands: str) -> None:
        """Start `worker` or `beat` as anybody would."""
        for command in commands:
            with (self.folder / f"{command}.log").open("ab") as log:
                self.processes.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "worker", command],
                        env=self.environment,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )

    @contextmanager
    def metronome(self) -> Iterator[Callable[[], None]]:
        """What publishes a tick at once, so that a run does not wait for beat's; its line is open already."""
        with (
            Celery(broker=self.server.broker_url, set_as_current=False) as app,
            app.producer_pool.acquire() as line,
        ):
            line.connection.ensure_connection()

            def tick() -> None:
                app.send_task("tick", queue=CHORES, producer=line)

            yield tick

    def invite(self, count: int) -> Edition:
        """So many guests on the list of edition 12, which ended an hour ago on a clock that stands still."""
        edition = cafe(12)
        self.store.set_clock(edition.meeting.end + timedelta(hours=1))
        self.store.save_edition(edition)
        for start in range(0, count, 1000):
            guests = map(_guest, range(start, min(start + 1000, count)))
            enlist(bootstrap.tools(), edition.id, guests)
        return edition

    def wait_until_sent(self, edition: Edition, planned: int) -> None:
        """Wait until the ledger says that all of them were sent; Unsettled when it never does."""
        until(lambda: self._sent(edition) >= planned, 30)
        if self._sent(edition) != planned:
            counts = dict(self.store.counts(edition.id))
            raise Unsettled(f"planned {planned}, and the ledger says {counts}")

    def _sent(self, edition: Edition) -> int:
        counts = self.store.counts(edition.id)
        return sum(number for (_, state), number in counts.items() if state is State.SENT)

    def memory_mb(self) -> float:
        """Resident memory of the heaviest process at work here, in MB."""
        groups = {process.pid for process in self.processes}
        return max((_resident_mb(pid) for pid in _processes_of(groups)), default=0.0)

    def stop(self) -> None:
        """End all processes, the last started first."""
        for process in reversed(self.processes):
            os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            process.wait(60)
        self.processes.clear()


@contextmanager
def workplace(folder: Path, relay_port: int, mailing: Mailing = INVITATION) -> Iterator[Workplace]:
    """Everything for one run, in a folder of its own; nobody works yet."""
    server = ensure_server(folder / "redis")
    home = _home(folder / "home", mailing)
    told = {
        "APRES_HOME": str(home),
        "APRES_DATA": str(folder / "data"),
        "APRES_REDIS_URL": server.url,
        "APRES_BROKER_URL": server.broker_url,
        "APRES_RELAY_PORT": str(relay_port),
        "APRES_CONCURRENCY": "2",
        "APRES_UNDO": "0",
    }
    os.environ.update(told)
    bootstrap.forget()
    place = Workplace(folder, server, dict(os.environ))
    try:
        yield place
    finally:
        place.stop()
        bootstrap.forget()
        server.stop()


def _home(folder: Path, mailing: Mailing) -> Path:
    shutil.copytree(schedule_folder(None), folder / "schedules")
    (folder / "schedules" / "cafe.toml").write_text(mailing.sequence, "utf-8")
    shutil.copytree(template_folder(None), folder / "templates")
    template = folder / "templates" / "fr" / f"{mailing.step}.md.j2"
    template.write_text(longer(template.read_text("utf-8")), "utf-8")
    return folder


def _guest(number: int) -> Guest:
    person = Person(f"p{number:07d}", f"Zoé Test {number}", f"Zoé{number}", f"p{number}@example.org")
    return Guest(person, Presence.PRESENT)


def _processes_of(groups: set[int]) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if os.getpgid(int(entry.name)) in groups:
                yield int(entry.name)


def _resident_mb(pid: int) -> float:
    with suppress(OSError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return 0.0
