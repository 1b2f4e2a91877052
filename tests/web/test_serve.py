"""The inbox as the process it is in life."""

from __future__ import annotations

import json
import signal
import smtplib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sample_mails import plain_mail
from worker.adapters.inbox_maildir import Maildir
from worker.adapters.inbox_mails import InboxMails

PROGRAM = """
import sys
from pathlib import Path
from worker.adapters.inbox import smtp_protocol
from worker.adapters.inbox_behaviour import Behaviour
from worker.adapters.inbox_mails import InboxMails
from worker.adapters.inbox_maildir import Maildir
from worker.web.inbox_app import inbox_app
from worker.web.serve import Doors, serve_inbox

data = Path(sys.argv[1])
maildir = Maildir(data / "inbox")
serve_inbox(
    inbox_app(InboxMails(maildir)), smtp_protocol(maildir, Behaviour()), Doors("127.0.0.1", 0, 0),
    note=data / "inbox.json", on_ready=lambda doors: print("ready", flush=True),
)
print("tidy", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_signal_ends_it_tidily_even_while_a_sender_is_connected(
    tmp_path: Path, number: signal.Signals
) -> None:
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        note = json.loads((tmp_path / "inbox.json").read_text(encoding="utf-8"))
        line = smtplib.SMTP(note["host"], note["smtp_port"], timeout=10)
        line.sendmail("bounces@example.org", ["ana@example.org"], plain_mail().as_bytes())

        process.send_signal(number)
        said, complaints = process.communicate(timeout=20)
        line.close()

    assert (process.returncode, said, complaints) == (0, "tidy\n", "")
    assert not (tmp_path / "inbox.json").exists()
    assert len(InboxMails(Maildir(tmp_path / "inbox")).everything()) == 1
