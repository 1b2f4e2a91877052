"""The local inbox, read: a list that stays quick, and each mail as a person looks at it."""

from __future__ import annotations

from worker.adapters.inbox_maildir import Maildir
from worker.mail.listed_mail import ListedMail, listed
from worker.mail.mail_view import MailView, read_mail


class InboxMails:
    """What `web` shows and the audit counts. Reads the folder each time; a mail once kept never changes."""

    def __init__(self, maildir: Maildir) -> None:
        """Read this Maildir, from whichever process wrote it."""
        self._maildir = maildir
        self._known: dict[str, ListedMail] = {}

    def everything(self) -> tuple[ListedMail, ...]:
        """All mails, the newest first."""
        lines = {name: self._line(name) for name in self._maildir.names()}
        self._known = {name: line for name, line in lines.items() if line}
        return tuple(self._known.values())

    def one(self, name: str) -> tuple[ListedMail, MailView] | None:
        """One mail by its name, or None."""
        raw = self._maildir.read(name)
        if raw is None:
            return None
        view = read_mail(raw)
        return listed(name, self._maildir.received_at(name), view), view

    def _line(self, name: str) -> ListedMail | None:
        if name in self._known:
            return self._known[name]
        found = self.one(name)
        return found[0] if found else None
