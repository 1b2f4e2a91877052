"""What a mail is called by those who must find it again: a name of its own, its sender, its subject."""

from __future__ import annotations

import email
from base64 import b32encode
from dataclasses import dataclass
from email.policy import compat32
from hashlib import sha256

from worker.mail.encoded_word import clean
from worker.mail.received_header import decoded_header


@dataclass(frozen=True, slots=True)
class Description:
    """`name` is the same for the same mail, however often and on whatever way it came; ten letters of base32."""

    name: str
    sender: str
    subject: str


def describe(raw: bytes) -> Description:
    """Describe any bytes. The name leaves out what relays add on the way: all headers but Message-ID, From, Date."""
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    message = email.message_from_bytes(head + b"\n\n", policy=compat32)
    told = {name.lower(): str(value) for name, value in reversed(list(message.raw_items()))}
    own = [decoded_header(told.get(name, "")) for name in ("message-id", "date", "from", "subject")]
    digest = sha256("\0".join(own[:3]).encode() + b"\0" + body.rstrip()).digest()
    return Description(b32encode(digest).decode().lower()[:10], clean(own[2]), clean(own[3]))
