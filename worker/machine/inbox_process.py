"""The local inbox in this process."""

from __future__ import annotations

from worker import bootstrap
from worker.adapters.inbox import smtp_protocol
from worker.adapters.inbox_behaviour import Behaviour
from worker.adapters.inbox_maildir import Maildir
from worker.adapters.inbox_mails import InboxMails
from worker.adapters.library_logs import log_libraries_to_stderr
from worker.cli.screen import tell
from worker.cli.speech import say
from worker.web.inbox_app import inbox_app
from worker.web.serve import Doors, serve_inbox


def run_inbox() -> None:
    """Receive and show mail until told to stop. Refused when a port is taken."""
    log_libraries_to_stderr()
    known = bootstrap.settings()
    maildir = Maildir(known.data / "inbox")
    doors = Doors(known.inbox_host, known.inbox_smtp_port, known.inbox_http_port)
    smtp, note = smtp_protocol(maildir, Behaviour()), known.data / "run" / "inbox.json"
    serve_inbox(inbox_app(InboxMails(maildir)), smtp, doors, note=note, on_ready=_show)


def _show(doors: Doors) -> None:
    tell(
        say(
            f"Boîte de réception locale : {doors.url} (SMTP : port {doors.smtp_port})",
            f"Local inbox: {doors.url} (SMTP: port {doors.smtp_port})",
        )
    )
