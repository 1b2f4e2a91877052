"""Whose answer a mail is: by the secrets that only their invitation carried, by their address only beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from worker.domain.address import normalise
from worker.domain.errors import InvalidAddress
from worker.mail.tokens import Secrets, Use, read_signed

#: Exchange ActiveSync wraps a foreign UID into a global object id in hex (MS-ASEMAIL §2.2.2.45): vCal-Uid, 1, the UID.
_WRAPPED = re.compile(r"[0-9A-F]*7643616C2D55696401000000((?:[0-9A-F]{2})+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Invited:
    """What a UID of ours says: this person was invited to this meeting."""

    meeting: str
    person: str


class Recognition(Protocol):
    """What we can tell from a text that somebody sent us; None for what we never signed."""

    def of_uid(self, uid: str) -> Invited | None:
        """The invitation with this UID."""

    def of_recipient(self, address: str) -> str | None:
        """The person to whom we gave this address of ours for their answers."""

    def of_address(self, address: str) -> str:
        """The person who would have this address, invited or not; "" for what is no address."""


@dataclass(frozen=True, slots=True)
class SignedRecognition:
    """Recognition by our own signatures, in whatever case they come back; a UID's domain is not looked at."""

    secrets: Secrets
    person_of: Callable[[str], str]

    def of_uid(self, uid: str) -> Invited | None:
        """A UID of `answers.calendar_uid`, also wrapped by Exchange."""
        wrapped = _WRAPPED.fullmatch(uid)
        plain = bytes.fromhex(wrapped[1]).rstrip(b"\0").decode("latin-1") if wrapped else uid
        text = read_signed(Use.UID, plain.strip().partition("@")[0], self.secrets) or ""
        meeting, _, person = text.rpartition(".")
        return Invited(meeting, person) if meeting else None

    def of_recipient(self, address: str) -> str | None:
        """An address of `answers.calendar_organizer`."""
        token = address.rpartition("@")[0].partition("+")[2]
        return read_signed(Use.RSVP, token, self.secrets)

    def of_address(self, address: str) -> str:
        """By the keyed fingerprint of the address."""
        try:
            return self.person_of(normalise(address))
        except InvalidAddress:
            return ""
