"""Where the mailbox for answers is, and how it is opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from worker.adapters.relay_address import Tls


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    """One IMAP account. The password never shows in a repr; `timeout` is real seconds for each answer.

    `inbox`, `done` and `aside` are folder names as the server spells them (with its own separator).
    """

    host: str
    port: int = 993
    tls: Tls = Tls.IMPLICIT
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    inbox: str = "INBOX"
    done: str = "Done"
    aside: str = "Aside"
    timeout: float = 30.0
