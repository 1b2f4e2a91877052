"""The mailbox that settings name: a Maildir, an IMAP account, or none."""

from __future__ import annotations

from pathlib import Path

from worker.adapters.mailbox_address import MailboxAddress
from worker.adapters.maildir_mailbox import MaildirMailbox
from worker.ports.mailroom import Mailbox


def mailbox_at(maildir: Path | None, account: MailboxAddress) -> Mailbox | None:
    """The Maildir when there is one, else the account; without a host there is neither."""
    if maildir:
        return MaildirMailbox(maildir)
    if not account.host:
        return None
    from worker.adapters.imap_mailbox import ImapMailbox  # noqa: PLC0415 - most processes open no such line

    return ImapMailbox(account)
