"""A mail that somebody wrote to us, on its way to the organizer who should answer it."""

from __future__ import annotations

from dataclasses import dataclass

from worker.domain.inbound import Why


@dataclass(frozen=True, slots=True)
class Original:
    """A mail as it came in, kept until its forward has left; b"" for one too long to be kept. `mail` names it."""

    mail: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What the organizer is shown of it. `writer` is the address that an answer goes to, "" for none that can be."""

    mail: str
    why: Why
    sender: str
    subject: str
    words: str
    writer: str
    content: bytes
