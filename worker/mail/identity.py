"""Who writes: names, addresses and keys, as the settings say."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Identity:
    """The sender's side of every mail. Empty addresses fall back to the organizer who signs.

    `domain` makes Message-IDs and calendar UIDs; the first of `secrets` signs, all of them verify.
    """

    sender_name: str
    sender_address: str
    domain: str
    bounce_domain: str
    reply_to: str = ""
    rsvp_address: str = ""
    unsubscribe_address: str = ""
    page_url: str = ""
    feedback_sender: str = "apresmail"
    secrets: tuple[bytes, ...] = field(default=(b"",), repr=False)
