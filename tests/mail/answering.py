"""Answers as calendars send them: built from an invitation's own UID and addresses, then bent in every way."""

from __future__ import annotations

from base64 import encodebytes
from dataclasses import dataclass, field

from worker.domain.edition import Edition
from worker.domain.facts import Facts
from worker.domain.person import Guest
from worker.mail.answers import calendar_organizer, calendar_uid
from worker.mail.fingerprint import fingerprint, person_id
from worker.mail.identity import Identity
from worker.mail.recognition import SignedRecognition

SECRETS = (b"answers", b"older")
IDENTITY = Identity(
    sender_name="Café des Victoires",
    sender_address="bonjour@cafe.example.org",
    domain="cafe.example.org",
    bounce_domain="cafe.example.org",
    rsvp_address="rsvp@cafe.example.org",
    secrets=SECRETS,
)


def person_of(address: str) -> str:
    """The person id as bootstrap makes it."""
    return person_id(fingerprint(address, SECRETS[-1]))


KNOWN = SignedRecognition(SECRETS, person_of)


@dataclass(frozen=True)
class Event:
    """One VEVENT of an answer; `more` are lines put at its end."""

    uid: str
    attendee: str
    partstat: str = ";PARTSTAT=ACCEPTED"
    sequence: str = "SEQUENCE:0"
    stamp: str = "DTSTAMP:20261210T101500Z"
    more: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Its content lines."""
        attendee = f"ATTENDEE;CN=Anne{self.partstat}:mailto:{self.attendee}" if self.attendee else ""
        own = [f"UID:{self.uid}", self.stamp, attendee, self.sequence, "SUMMARY:Petit-déjeuner"]
        return ["BEGIN:VEVENT", *self.before, *filter(None, own), *self.more, "END:VEVENT"]


def calendar(*events: Event, method: str = "REPLY") -> str:
    """A VCALENDAR with CRLF lines."""
    lines = ["BEGIN:VCALENDAR", "PRODID:-//Example//EN", "VERSION:2.0"]
    lines += [f"METHOD:{method}"] if method else []
    for event in events:
        lines += event.lines()
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


@dataclass(frozen=True)
class Post:
    """Who writes to whom, and how the calendar is wrapped."""

    to: str
    sender: str
    headers: tuple[str, ...] = ()
    kind: str = 'text/calendar; charset="UTF-8"; method=REPLY'
    encoding: str = "base64"
    extra: tuple[str, ...] = field(default=())

    def around(self, content: bytes) -> bytes:
        """A whole mail with this calendar in a multipart/alternative."""
        body = encodebytes(content) if self.encoding == "base64" else content
        top = [f"From: {self.sender}", f"To: {self.to}", "Subject: Accepted: Petit-dejeuner", *self.headers]
        top += ["Message-ID: <1@example.org>", "MIME-Version: 1.0"]
        part = [f"Content-Type: {self.kind}", f"Content-Transfer-Encoding: {self.encoding}", *self.extra]
        head = "\r\n".join([*top, "Content-Type: multipart/alternative; boundary=a", "", "--a"])
        text = "\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nx\r\n--a"
        return b"".join(
            [(head + text + "\r\n" + "\r\n".join([*part, "", ""])).encode(), body, b"\r\n--a--\r\n"]
        )


def event_for(edition: Edition, guest: Guest, **bent: object) -> Event:
    """The answer of this guest to the invitation to the next Café of this edition."""
    assert edition.next is not None
    uid = calendar_uid(IDENTITY, Facts(edition, guest), edition.next.id)
    return Event(**{"uid": uid, "attendee": guest.person.address, **bent})  # type: ignore[arg-type]


def post_of(edition: Edition, guest: Guest, **bent: object) -> Post:
    """The mail of this guest to the address that their invitation named."""
    to = calendar_organizer(IDENTITY, Facts(edition, guest))
    return Post(**{"to": to, "sender": guest.person.address, **bent})  # type: ignore[arg-type]
