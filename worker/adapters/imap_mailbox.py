"""An IMAP account (RFC 3501, MOVE of RFC 6851) as the mailbox for answers."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4
from typing import Any

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from worker.adapters.mailbox_address import MailboxAddress
from worker.adapters.relay_address import Tls
from worker.domain.errors import Unreachable
from worker.ports.mailroom import Folder, Incoming

#: As much of a mail as is asked for; what follows is an attachment of which no answer is made.
_FETCH = "(BODY.PEEK[]<0.4194304>)"

_FAILURES = (OSError, IMAP4.error, ImapToolsError)


class ImapMailbox:
    """`ports.mailroom.Mailbox` on IMAP: a connection for each reading."""

    def __init__(self, address: MailboxAddress) -> None:
        """Nothing is opened yet."""
        self._address = address

    @contextmanager
    def open(self) -> Iterator[ImapTray]:
        """Connected, authenticated, the folders made; Unreachable for whatever the line or the server does."""
        try:
            mailbox = self._connected()
            try:
                yield ImapTray(mailbox, {Folder.DONE: self._address.done, Folder.ASIDE: self._address.aside})
            finally:
                with suppress(*_FAILURES):  # a bad goodbye undoes nothing
                    mailbox.logout()
        except _FAILURES as error:
            where = f"{self._address.host}:{self._address.port}"
            raise Unreachable(f"the mailbox at {where} cannot be used: {_told(error)}") from error

    def _connected(self) -> BaseMailBox:
        at = self._address
        known: dict[str, Any] = {"host": at.host, "port": at.port, "timeout": at.timeout}
        mailbox: BaseMailBox
        match at.tls:
            case Tls.IMPLICIT:
                mailbox = MailBox(**known, ssl_context=self._trust())
            case Tls.NONE:
                mailbox = MailBoxUnencrypted(**known)
            case _:
                mailbox = MailBoxStartTls(**known, ssl_context=self._trust())
        try:
            mailbox.login_utf8(at.username, at.password, initial_folder=None)
            # Servers tell more of what they can once they know us; imaplib only asked before (RFC 3501 §6.2.3).
            mailbox.client.capabilities = tuple(mailbox.client.capability()[1][-1].decode().upper().split())
            for folder in (at.done, at.aside):
                if not mailbox.folder.exists(folder):
                    mailbox.folder.create(folder)
            mailbox.folder.set(at.inbox)
        except _FAILURES:
            mailbox.client.shutdown()
            raise
        return mailbox

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(
            cafile=str(self._address.ca_file) if self._address.ca_file else None
        )


class ImapTray:
    """`ports.mailroom.Tray` on an open connection; names are UIDs, which hold while it is open (RFC 3501 §2.3.1.1)."""

    def __init__(self, mailbox: BaseMailBox, folders: dict[Folder, str]) -> None:
        """An inbox that is selected."""
        self._mailbox, self._folders = mailbox, folders

    def waiting(self, limit: int) -> Iterator[Incoming]:
        """Whatever nobody has moved or marked as deleted, seen or not; peeking leaves it unseen."""
        for uid in sorted(map(int, self._mailbox.uids("UNDELETED", charset=None)))[:limit]:
            raw = self._fetch(str(uid))
            if raw is not None:
                yield Incoming(str(uid), raw)

    def _fetch(self, uid: str) -> bytes | None:
        _, parts = self._mailbox.client.uid("FETCH", uid, _FETCH)
        return next((part[1] for part in parts or () if isinstance(part, tuple)), None)

    def file(self, name: str, folder: Folder) -> None:
        """One MOVE; without it a copy, and a mark that hides the original from us and from every mail reader."""
        client = self._mailbox.client
        if "MOVE" in client.capabilities:
            self._mailbox.move(name, self._folders[folder])
            return
        # Not delete(): its EXPUNGE would also remove what other people have marked.
        if name in self._mailbox.uids(f"UID {name} UNDELETED", charset=None):
            self._mailbox.copy(name, self._folders[folder])
            client.uid("STORE", name, "+FLAGS", r"(\Deleted)")


def _told(error: Exception) -> str:
    """What the server or the system said, on one line; never a password, for nobody repeats it."""
    words = str(getattr(error, "command_result", "") or error)
    return " ".join(words.split())[:120]
