"""Mails bent out of shape, the same way for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

_SPLINTERS = (
    b"\r\n\r\n",
    b"\r\n--a\r\n",
    b"\r\n--a--\r\n",
    b"\0",
    b"\xff\xfe",
    b"\r",
    b"=\r\n",
    b"=?utf-8?b?",
    b"?=",
    b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Type: multipart/mixed; boundary=a\r\n\r\n",
    b"Content-Type: multipart/report\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"BEGIN:VCALENDAR\r\n",
    b"END:VEVENT\r\n",
    b"METHOD:COUNTER\r\n",
    b'ATTENDEE;PARTSTAT="ACCEPTED:mailto:',
    b"SEQUENCE:99999999999999999999\r\n",
    b"DTSTAMP:99999999T999999Z\r\n",
    b"Action: failed\r\nStatus: 5.1.1\r\n",
    b"Subject: stop\r\n",
    b'From: "<@\r\n',
    b"References: <<>@>\r\n",
)


def _cut(raw: bytes, random: Random) -> bytes:
    at, end = sorted(random.choices(range(len(raw) + 1), k=2))
    return raw[:at] + raw[min(end, at + random.randint(1, 400)) :]


def _put(raw: bytes, random: Random) -> bytes:
    at = random.randint(0, len(raw))
    return raw[:at] + random.choice(_SPLINTERS) * random.choice((1, 1, 1, 3)) + raw[at:]


def _flip(raw: bytes, random: Random) -> bytes:
    bent = bytearray(raw)
    for _ in range(random.randint(1, 12) if bent else 0):
        bent[random.randrange(len(bent))] = random.randrange(256)
    return bytes(bent)


def _repeat(raw: bytes, random: Random) -> bytes:
    at, end = sorted(random.choices(range(len(raw) + 1), k=2))
    return raw[:end] + raw[at : min(end, at + 2000)] * random.randint(1, 4) + raw[end:]


def _truncate(raw: bytes, random: Random) -> bytes:
    return raw[: random.randint(0, len(raw))]


def _bare_lines(raw: bytes, random: Random) -> bytes:
    return raw.replace(b"\r\n", random.choice((b"\n", b"\r", b"\r\r\n")))


_WAYS: Sequence[Callable[[bytes, Random], bytes]] = (_cut, _put, _put, _flip, _repeat, _truncate, _bare_lines)


def mutated(mails: Sequence[bytes], random: Random) -> bytes:
    """One of these mails, or two of them joined, bent a few times."""
    raw = random.choice(mails)
    if random.random() < 0.15:
        other = random.choice(mails)
        raw = raw[: random.randint(0, len(raw))] + other[random.randint(0, len(other)) :]
    for _ in range(random.randint(1, 4)):
        raw = random.choice(_WAYS)(raw, random)
    return raw
