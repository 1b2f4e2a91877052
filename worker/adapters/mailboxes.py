"""The mailbox that settings name: a Maildir, an IMAP account, or none."""

from __future__ import annotations

from pathlib import Path

# Not when first needed: a pool process that is forked while a thread imports this waits for its lock for ever.
from worker.adapters.imap_mailbox import ImapMailbox
from worker.adapters.mailbox_address import MailboxAddress
from worker.adapters.maildir_mailbox import MaildirMailbox
from worker.ports.mailroom import Mailbox


def mailbox_at(maildir: Path | None, account: MailboxAddress) -> Mailbox | None:
    """The Maildir when there is one, else the account; without a host there is neither."""
    if maildir:
        return MaildirMailbox(maildir)
    if not account.host:
        return None
    return ImapMailbox(account)
