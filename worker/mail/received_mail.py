"""A mail that came in, taken apart: headers, what was written, the calendars and reports in it."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses
from itertools import islice

from worker.mail.calendar_parts import MOST_CALENDARS, calendars, declared_method, is_calendar
from worker.mail.content_lines import CalendarLines

#: Parts of a mail that are looked at, and characters of its text.
_MOST_PARTS, _LONGEST = 200, 64 * 1024

_RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to")

_REPORTS = {
    "message/delivery-status": "delivery-status",
    "message/global-delivery-status": "delivery-status",
    "message/disposition-notification": "disposition-notification",
    "message/feedback-report": "feedback-report",
}


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A mail as far as it can be read.

    `calendars` are the declared ones first; `claims_an_answer` tells whether a part says of itself that it is a reply,
    readable or not. `plain` and `html` are what was written, not what was attached. `report` is what kind of report
    (RFC 3462) this is, or ""; `fields` is the text of its part for machines.
    """

    headers: tuple[tuple[str, str], ...]
    calendars: tuple[CalendarLines, ...]
    claims_an_answer: bool
    plain: str
    html: str
    report: str
    fields: str

    @property
    def recipients(self) -> list[str]:
        """Every address that it came to, as headers and the servers on the way tell."""
        return self.addresses(*_RECIPIENTS)

    def addresses(self, *names: str) -> list[str]:
        """The bare addresses in all headers of these names."""
        return [address for _, address in getaddresses(list(self.header(*names))) if address]

    def header(self, *names: str) -> tuple[str, ...]:
        """The values of all headers of these names (lower-case), as written, on one line."""
        return tuple(value for name, value in self.headers if name in names)


def take_apart(raw: bytes) -> ReceivedMail:
    """The mail as far as it can be read. Raises whatever the email package raises for hostile MIME."""
    # compat32: the newer policies raise on some broken headers when these are merely looked at (cpython#103006).
    message = email.message_from_bytes(raw)
    every = list(islice(message.walk(), _MOST_PARTS))
    leaves = sorted(
        (part for part in every if not part.is_multipart()), key=lambda part: not is_calendar(part)
    )
    found = list(islice((calendar for part in leaves for calendar in calendars(part)), MOST_CALENDARS))
    return ReceivedMail(
        headers=tuple((name.lower(), " ".join(str(value).split())) for name, value in message.raw_items()),
        calendars=tuple(dict.fromkeys(found)),
        claims_an_answer=any(declared_method(part) == "REPLY" for part in leaves),
        plain=_written(message, "text/plain"),
        html=_written(message, "text/html"),
        report=_report_type(message, every),
        fields="\n".join(_fields(part) for part in every if part.get_content_type() in _REPORTS)[:_LONGEST],
    )


def _report_type(message: Message, every: list[Message]) -> str:
    """As the parts say, else as the mail says of itself."""
    by_part = next((_REPORTS[kind] for part in every if (kind := part.get_content_type()) in _REPORTS), "")
    if by_part or message.get_content_type() != "multipart/report":
        return by_part
    return str(message.get_param("report-type") or "delivery-status").lower()


def _fields(part: Message) -> str:
    """A part for machines is read as messages of nothing but headers, unless somebody encoded it."""
    inner = part.get_payload()
    blocks = inner if isinstance(inner, list) else [inner]
    text = "\n".join(str(block) for block in blocks)
    if str(part.get("content-transfer-encoding", "")).strip().lower() not in {"base64", "quoted-printable"}:
        return text
    plain = Message()
    plain["Content-Transfer-Encoding"] = part["Content-Transfer-Encoding"]
    plain.set_payload(text)
    return _text(plain)


def _written(message: Message, kind: str) -> str:
    """The text of the parts of this type that stand before any attached message, one after the other."""
    parts = islice((part for part in _own_parts(message) if part.get_content_type() == kind), 5)
    return "\n".join(_text(part) for part in parts if not _is_attached(part))[:_LONGEST]


def _own_parts(part: Message) -> Iterator[Message]:
    if part.get_content_maintype() == "message":
        return
    inner = part.get_payload()
    if isinstance(inner, list):
        for each in inner:
            yield from _own_parts(each) if isinstance(each, Message) else ()
    else:
        yield part


def _is_attached(part: Message) -> bool:
    return str(part.get("content-disposition", "")).strip().lower().startswith("attachment")


def _text(part: Message) -> str:
    """Decoded as declared, else as UTF-8, else as Latin-1, which never fails."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    content = content[: 4 * _LONGEST].replace(b"\0", b"")
    for encoding in (str(part.get_content_charset() or "utf-8"), "utf-8"):
        try:
            return content.decode(encoding)
        except (LookupError, ValueError):
            continue
    return content.decode("latin-1")
