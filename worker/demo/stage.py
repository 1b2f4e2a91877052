"""The stage of a rehearsal: one folder, one embedded Redis, a local inbox that misbehaves a little, real processes."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from celery import Celery

from worker import bootstrap
from worker.adapters.inbox import smtp_protocol
from worker.adapters.inbox_behaviour import Behaviour, Script
from worker.adapters.inbox_maildir import Maildir
from worker.adapters.inbox_mails import InboxMails
from worker.adapters.processes import Crew
from worker.adapters.redis_server import ensure_server
from worker.domain.errors import Unsettled
from worker.domain.sequence import CHORES
from worker.mail.mail_view import MailView, read_mail
from worker.web.inbox_app import inbox_app
from worker.web.serve import Doors, serve_until

#: The folder of a rehearsal's data with what attendees answer.
ANSWERS = "answers"

#: Real seconds the inbox has to open its doors.
_PATIENCE = 20.0

#: Short, so that a worker lost on the way is soon missed; far longer than anything takes here.
_SHORT = {"APRES_CLAIM_LEASE": "3", "APRES_FINAL_REPLY_TIMEOUT": "3", "APRES_BATCH": "5", "APRES_UNDO": "60"}


@dataclass(frozen=True, slots=True)
class Stage:
    """What a rehearsal plays on. `crew` has worker and beat once they were started."""

    folder: Path
    url: str
    maildir: Maildir
    crew: Crew

    def received(self) -> list[MailView]:
        """Every mail in the inbox, read back from its files."""
        texts = (self.maildir.read(name) for name in self.maildir.names())
        return [read_mail(text) for text in texts if text is not None]

    def read_mailbox(self) -> None:
        """Have a worker read the answers now, instead of waiting for the chore."""
        with Celery(broker=bootstrap.servers().broker_url) as app:
            app.send_task("receive", queue=CHORES)

    def received_count(self) -> int:
        """How many mails are in the inbox."""
        return len(self.maildir.names())


@contextmanager
def set_stage(folder: Path, script: Script) -> Iterator[Stage]:
    """An empty folder, a Redis and an inbox in it; everything ends when the block does."""
    _clear(folder)
    maildir = Maildir(folder / "inbox")
    with _inbox(maildir, script, folder / "run" / "inbox.json") as doors:
        server = ensure_server(folder / "redis")
        environment = _environment(folder, doors, {"redis": server.url, "broker": server.broker_url})
        os.environ.update(environment)
        bootstrap.forget()
        crew = Crew(folder / "logs", environment)
        try:
            yield Stage(folder, doors.url, maildir, crew)
        finally:
            crew.stop()
            bootstrap.forget()
            server.stop()


def _clear(folder: Path) -> None:
    if (folder / "redis").is_dir():
        ensure_server(folder / "redis").stop()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _environment(folder: Path, doors: Doors, urls: Mapping[str, str]) -> dict[str, str]:
    own = {
        "APRES_DATA": str(folder),
        "APRES_REDIS_URL": urls["redis"],
        "APRES_BROKER_URL": urls["broker"],
        "APRES_RSVP_ADDRESS": "rsvp@cafe.example.org",
        "APRES_MAILBOX_MAILDIR": str(folder / ANSWERS),
        "APRES_RELAY_HOST": doors.host,
        "APRES_RELAY_PORT": str(doors.smtp_port),
        "APRES_RELAY_TLS": "none",
        "APRES_RELAY_USERNAME": "",
    }
    return {**os.environ, **_SHORT, **own}


@contextmanager
def _inbox(maildir: Maildir, script: Script, note: Path) -> Iterator[Doors]:
    ready: list[Doors] = []
    opened, loop, stop = threading.Event(), asyncio.new_event_loop(), asyncio.Event()

    def on_ready(doors: Doors) -> None:
        ready.append(doors)
        opened.set()

    async def serve() -> None:
        smtp = smtp_protocol(maildir, Behaviour(script))
        doors = Doors("127.0.0.1", 0, 0)
        await serve_until(stop, inbox_app(InboxMails(maildir)), smtp, doors, note=note, on_ready=on_ready)

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    if not opened.wait(_PATIENCE):
        raise Unsettled("the local inbox did not open: see the lines above")
    try:
        yield ready[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(_PATIENCE)
