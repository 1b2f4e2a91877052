"""The real inbox in a thread of the test: SMTP and pages on free ports of loopback.

with LocalInbox(tmp_path, Script(refused=frozenset({"bob@example.org"}))) as inbox:
    ...  # hand mail over at inbox.doors.smtp_port, look at inbox.doors.url
assert [mail.to for mail in inbox.mails.everything()] == ["ana@example.org"]
"""

from __future__ import annotations

import asyncio
import queue
import shutil
import smtplib
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Self

from worker.adapters.inbox import smtp_protocol
from worker.adapters.inbox_behaviour import Behaviour, Script
from worker.adapters.inbox_maildir import Maildir
from worker.adapters.inbox_mails import InboxMails
from worker.web.inbox_app import inbox_app
from worker.web.serve import Doors, serve_until


@dataclass(frozen=True, slots=True)
class Answer:
    """What the web view said."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8, strictly."""
        return self.body.decode()


class LocalInbox:
    """The inbox while its `with` block lasts; its Maildir can be read afterwards too."""

    def __init__(self, folder: Path, script: Script | None = None) -> None:
        """Keep mail in `folder/inbox` and play this script."""
        self.note = folder / "inbox.json"
        self.maildir = Maildir(folder / "inbox")
        self.mails = InboxMails(self.maildir)
        self.wanted = Doors("127.0.0.1", 0, 0)
        self._behaviour = Behaviour(script)
        self._ready: queue.Queue[Doors] = queue.Queue()
        self._thread = threading.Thread(target=lambda: asyncio.run(self.serve()))

    def __enter__(self) -> Self:
        """Serve; `doors` has the real ports."""
        self._thread.start()
        self.doors = self._ready.get(timeout=10)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and wait until it has."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=10)

    async def serve(self) -> None:
        """Serve on the running loop, at `wanted`."""
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        app, smtp = inbox_app(self.mails), smtp_protocol(self.maildir, self._behaviour)
        await serve_until(self._stop, app, smtp, self.wanted, note=self.note, on_ready=self._ready.put)

    def empty(self) -> None:
        """Forget all mail."""
        shutil.rmtree(self.maildir.folder)
        Maildir(self.maildir.folder)

    def line(self) -> smtplib.SMTP:
        """A connection to the SMTP side."""
        return smtplib.SMTP(self.doors.host, self.doors.smtp_port, timeout=10)

    def hand_over(self, message: bytes | EmailMessage, *rcpt_tos: str) -> None:
        """One transaction on a connection of its own."""
        raw = message if isinstance(message, bytes) else message.as_bytes()
        with self.line() as line:
            line.sendmail("bounces@example.org", list(rcpt_tos) or ["ana@example.org"], raw)

    def get(self, path: str, language: str = "") -> Answer:
        """What the web view answers, whatever its status."""
        request = urllib.request.Request(
            self.doors.url.rstrip("/") + path, headers={"Accept-Language": language}
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.headers, refused.read())
