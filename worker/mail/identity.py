"""Who writes: names, addresses and keys, as the settings say."""

from __future__ import annotations

from dataclasses import dataclass, field

from worker.domain.errors import ComposeFailed, InvalidAddress, Refused
from worker.mail.headers import addr_spec, domain_name

#: A local part has 64 octets (RFC 5321 §4.5.3.1.1); `+<person>.<tag>` takes up to 40 of them.
_ROOM_FOR_TOKEN = 40


@dataclass(frozen=True, slots=True)
class Identity:
    """The sender's side of every mail. Empty addresses fall back to the organizer who signs.

    `domain` makes Message-IDs and calendar UIDs. The first of `secrets` signs, all of them verify; they stand newest
    first, and the last one stays for ever. Raises InvalidAddress or Refused: at the start, not in every mail.
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
    secrets: tuple[bytes, ...] = field(repr=False, kw_only=True)

    def __post_init__(self) -> None:
        """Refuse addresses that no mail could carry, and signing with nothing; write domains as DNS has them."""
        for name in ("sender_address", "reply_to", "rsvp_address", "unsubscribe_address"):
            self._check(name, getattr(self, name))
        if len(self.rsvp_address.rpartition("@")[0]) > 64 - _ROOM_FOR_TOKEN:
            raise InvalidAddress(f"rsvp_address = {self.rsvp_address!r}: at most 24 characters before the @")
        if not self.secrets or not all(self.secrets):
            raise Refused(
                "a secret is empty, and anybody could sign with it: give one, or take it off the list"
            )
        for name in ("domain", "bounce_domain"):
            object.__setattr__(self, name, domain_name(getattr(self, name)))

    def _check(self, name: str, address: str) -> None:
        if not address and name != "sender_address":
            return
        try:
            addr_spec(address)
        except ComposeFailed as error:
            raise InvalidAddress(f"{name} = {address!r}: {error}") from error

    @property
    def lasting_secret(self) -> bytes:
        """The oldest: signs what must come out the same for ever, whatever keys are added (RFC 5545 §3.8.4.7 UID)."""
        return self.secrets[-1]
