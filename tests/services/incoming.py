"""Mails that come to the office: answers of its guests, and what else lands in a mailbox."""

from __future__ import annotations

from dataclasses import replace

from tests.mail.answering import Event, Post, calendar
from tests.services.office import office
from worker.adapters.memory_mailbox import MemoryMailbox
from worker.services.tools import Tools


def office_with_mailbox(*mails: bytes) -> Tools:
    """An office with these mails in its mailbox."""
    return replace(office(), mailbox=MemoryMailbox(*mails))


def mailbox_of(tools: Tools) -> MemoryMailbox:
    """The memory mailbox behind the port."""
    assert isinstance(tools.mailbox, MemoryMailbox)
    return tools.mailbox


def answer(
    person: str = "anne",
    partstat: str = "ACCEPTED",
    *,
    meeting: str = "cafe-13",
    sequence: int = 0,
    stamp: str = "20261208T091500Z",
    more: tuple[str, ...] = (),
    method: str = "REPLY",
    uid: str = "",
) -> bytes:
    """What this person's calendar sends when they answer the invitation to a Café."""
    event = Event(
        uid=uid or f"{meeting}.{person}@cafe.example.org",
        attendee=f"{person}@example.org",
        partstat=f";PARTSTAT={partstat}",
        sequence=f"SEQUENCE:{sequence}",
        stamp=f"DTSTAMP:{stamp}",
        more=more,
    )
    post = Post(f"rsvp+{person}@cafe.example.org", f"{person}@example.org")
    return post.around(calendar(event, method=method).encode())


def words(
    person: str = "anne",
    *headers: str,
    subject: str = "Une question",
    text: str = "Puis-je amener un ami ?",
) -> bytes:
    """What a person writes by hand."""
    head = [
        f"From: {person}@example.org",
        f"To: rsvp+{person}@cafe.example.org",
        f"Subject: {subject}",
        *headers,
    ]
    return "\r\n".join([*head, "Content-Type: text/plain; charset=utf-8", "", text, ""]).encode()
