"""One line of a mailbox: enough of a mail to list it, find it and count it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from worker.mail.mail_view import MailView

_SEARCHED = 4000  # characters of the text part; enough for any mail of ours, and lists stay small in memory


@dataclass(frozen=True, slots=True)
class ListedMail:
    """`received_at` is real time; `date` is what the mail says of itself (both UTC).

    `method` is the iTIP method (REQUEST, CANCEL…), "" without a calendar, "?" when the calendar cannot be read.
    """

    name: str
    received_at: datetime
    return_path: str
    delivered_to: str
    message_id: str
    sender: str
    to: str
    subject: str
    date: datetime | None
    method: str
    words: str

    def tells_of(self, wanted: str) -> bool:
        """Whether every word of `wanted` is in the addresses, subject or text, whatever its accents or case."""
        return all(word in self.words for word in folded(wanted).split())

    def is_for(self, address: str) -> bool:
        """Whether it was delivered to this address."""
        return self.delivered_to.casefold() == address.casefold()


def listed(name: str, received_at: datetime, view: MailView) -> ListedMail:
    """The line for a mail kept under this name."""
    said = (view.delivered_to, view.to, view.sender, view.subject, (view.text or "")[:_SEARCHED])
    return ListedMail(
        name=name,
        received_at=received_at,
        return_path=view.return_path,
        delivered_to=view.delivered_to,
        message_id=view.message_id,
        sender=view.sender,
        to=view.to,
        subject=view.subject,
        date=view.date,
        method=_method(view),
        words=folded(" ".join(said)),
    )


def folded(text: str) -> str:
    """Without accents and case, so that « zoe » finds « Zoé »."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in parts if not unicodedata.combining(mark)).casefold()


def _method(view: MailView) -> str:
    if view.ics is None:
        return ""
    return (view.card.method if view.card else "") or "?"
