"""A whole house for a journey: real Redis, a real relay, real Celery processes, and a clock that leaps."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

from tests.enlisted import enlist
from tests.relay import Relay
from tests.sample import cafe
from worker import bootstrap
from worker.adapters.redis_server import RunningServer, ensure_server
from worker.adapters.redis_store import RedisStore
from worker.domain.edition import Edition
from worker.domain.lifecycle import FINAL, State
from worker.domain.person import Consent, Guest, Person, Presence
from worker.services.tools import Tools

#: Real seconds after which a journey is lost; far above what one takes.
PATIENCE = 60.0


@dataclass
class House:
    """Everything a journey needs. `relay` keeps what it accepted; workers and beats are real processes."""

    folder: Path
    relay: Relay
    server: RunningServer
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def tools(self) -> Tools:
        """The tools of this very process, on the same Redis and relay."""
        return bootstrap.tools()

    @property
    def store(self) -> RedisStore:
        """The ledger."""
        return bootstrap.store()

    def start(self, command: str, *, program: str = "worker") -> subprocess.Popen[bytes]:
        """`worker`, `beat` or `web`, in a session of its own so that it can be killed whole."""
        name, *words = command.split()
        with (self.folder / f"{name}-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", program, name, *words],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """SIGKILL to it and its children, as a lost machine would."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def restart_redis(self) -> None:
        """SIGKILL the server, then find its data again."""
        os.kill(self.server.pid, signal.SIGKILL)
        self.wait_until(lambda: not _alive(self.server.pid))
        self.server = ensure_server(self.server.folder)

    def open_edition(self, *guests: Guest, now: datetime | None = None) -> Edition:
        """Edition 12 just over, these guests on its list; the clock stands at its end."""
        edition = cafe(12)
        self.store.set_clock(now or edition.meeting.end)
        self.store.save_edition(edition)
        enlist(self.tools, edition.id, guests)
        return edition

    def wait_until(self, condition: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Look again and again until it holds; the journey fails when it never does."""
        end, glance = time.monotonic() + patience, threading.Event()
        while not condition():
            assert time.monotonic() < end, f"never came true; ledger: {self.states()}"
            glance.wait(0.05)

    def wait_until_settled(self, edition: str = "cafe-12") -> None:
        """Until no message of the edition waits or is in hand."""
        done = FINAL | {State.IN_DOUBT}
        self.wait_until(lambda: all(record.state in done for record in self.store.records(edition)))

    def states(self, edition: str = "cafe-12") -> dict[str, str]:
        """Every message of the edition and where it is."""
        return {str(r.key): f"{r.state} {r.reason}" for r in self.store.records(edition)}

    def received(self) -> list[str]:
        """The keys of the mails the relay accepted, in order, read from their Message-IDs."""
        return [_key(mail.content) for mail in list(self.relay.mails)]

    def close(self) -> None:
        """End everything, workers before the server."""
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)
        bootstrap.forget()
        self.server.stop()


def _key(content: bytes) -> str:
    return str(message_from_bytes(content)["Message-ID"]).strip("<>").rpartition("@")[0]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].strip().startswith("Z")


def people(tools: Tools, names: Iterable[str], presence: Presence = Presence.PRESENT) -> tuple[Guest, ...]:
    """Invented guests with ids as an import would give them; all agreed to be introduced."""
    return tuple(_guest(tools, name, presence) for name in names)


def _guest(tools: Tools, name: str, presence: Presence) -> Guest:
    address = f"{name.lower()}@example.org"
    person = Person(tools.person_id(tools.fingerprint(address)), f"{name} Test", name, address)
    return Guest(person, presence, Consent.GIVEN, sector="conseil", interests=("écriture",))


def absent(guest: Guest) -> Guest:
    """The same guest, who did not come."""
    return replace(guest, presence=Presence.ABSENT)


def a_day_after(edition: Edition) -> datetime:
    """Twenty-four hours after the end."""
    return edition.meeting.end + timedelta(days=1)
