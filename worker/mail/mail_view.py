"""A received mail (RFC 5322, MIME) as a person looks at it; whatever the bytes are, there is something to show."""

from __future__ import annotations

import email
import email.utils
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message

from worker.mail.calendar_card import CalendarCard, read_card
from worker.mail.received_header import decoded_header, printable

_YEARS = range(1970, 9999)  # the ends of the calendar overflow when a zone is applied to them
_CALENDARS = frozenset({"text/calendar", "application/ics"})


@dataclass(frozen=True, slots=True)
class MailView:
    """Headers decoded, the first part of each kind, and the bytes as they came.

    `date` is UTC; lines of `text` and `html` end in LF, those of `ics` as they came.
    `return_path` and `delivered_to` are the envelope as the receiving server noted it (RFC 5321 §4.4).
    """

    raw: bytes
    return_path: str = ""
    delivered_to: str = ""
    message_id: str = ""
    sender: str = ""
    to: str = ""
    subject: str = ""
    date: datetime | None = None
    text: str | None = None
    html: str | None = None
    ics: bytes | None = None
    card: CalendarCard | None = None


def read_mail(raw: bytes) -> MailView:
    """The mail as far as it can be read; never raises: of a hopeless one there is still `raw`."""
    try:
        return _view(raw)
    except Exception:  # noqa: BLE001 - fuzzed MIME makes the parser raise anything, RecursionError included
        return MailView(raw=raw)


def _view(raw: bytes) -> MailView:
    # compat32: the newer policies raise on some broken headers when these are merely looked at (cpython#103006).
    message = email.message_from_bytes(raw)
    ics = _ics(message)
    return MailView(
        raw=raw,
        return_path=_header(message, "Return-Path").strip("<>"),
        delivered_to=_header(message, "Delivered-To"),
        message_id=_header(message, "Message-ID"),
        sender=_header(message, "From"),
        to=_header(message, "To"),
        subject=_header(message, "Subject"),
        date=_date(_header(message, "Date")),
        text=_body(message, "text/plain"),
        html=_body(message, "text/html"),
        ics=ics,
        card=None if ics is None else read_card(ics),
    )


def _header(message: Message, name: str) -> str:
    """The first header of this name, decoded."""
    found = (value for key, value in message.raw_items() if key.lower() == name.lower())
    return decoded_header(str(next(found, "")))


def _date(written: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(written)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.year in _YEARS else None


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that are not made of parts; a forwarded mail (message/rfc822) is not looked into."""
    parts = message.get_payload() if message.get_content_maintype() == "multipart" else None
    if not isinstance(parts, list):
        yield message
        return
    for part in parts:
        if isinstance(part, Message):
            yield from _leaves(part)


def _body(message: Message, kind: str) -> str | None:
    for part in _leaves(message):
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            return _decoded(part).replace("\r\n", "\n")
    return None


def _ics(message: Message) -> bytes | None:
    found = [part for part in _leaves(message) if part.get_content_type() in _CALENDARS]
    return _decoded(found[0]).encode() if found else None


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return printable(content.decode(part.get_content_charset() or "utf-8", "replace"))
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")
