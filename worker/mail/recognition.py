"""Whose answer a mail is: by the secrets that only their invitation carried, by their address only beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from worker.domain.address import normalise
from worker.domain.errors import InvalidAddress, InvalidKey
from worker.domain.inbound import AskedToStop
from worker.domain.message import MessageKey
from worker.mail.tokens import Secrets, Use, read_return_path, read_signed, read_way_out

#: Exchange ActiveSync wraps a foreign UID into a global object id in hex (MS-ASEMAIL §2.2.2.45): vCal-Uid, 1, the UID.
_WRAPPED = re.compile(r"[0-9A-F]*7643616C2D55696401000000((?:[0-9A-F]{2})+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Invited:
    """What a UID of ours says: this person was invited to this meeting, for the so-many-th time."""

    meeting: str
    person: str
    turn: int = 0


class Recognition(Protocol):
    """What we can tell from a text that somebody sent us; None for what we never signed."""

    def of_uid(self, uid: str) -> Invited | None:
        """The invitation with this UID."""

    def of_recipient(self, address: str) -> str | None:
        """The person to whom we gave this address of ours for their answers."""

    def of_address(self, address: str) -> str:
        """The person who would have this address, invited or not; "" for what is no address."""

    def of_return_path(self, address: str) -> MessageKey | None:
        """The message whose envelope named this address as its sender."""

    def of_way_out(self, token: str) -> AskedToStop | None:
        """What the mailto of List-Unsubscribe with this token asks."""

    def of_message_id(self, name: str) -> MessageKey | None:
        """The message with this left side of a Message-ID. Not signed: it names who is known to nobody else."""


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
        meeting, _, rest = text.partition(".")
        person, _, turn = rest.partition(".")
        return Invited(meeting, person, int(turn or 0)) if person else None

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

    def of_return_path(self, address: str) -> MessageKey | None:
        """A local part of `tokens.return_path`."""
        return read_return_path(address.rpartition("@")[0], self.secrets)

    def of_way_out(self, token: str) -> AskedToStop | None:
        """A token of `tokens.way_out_token`."""
        way = read_way_out(token, self.secrets)
        return AskedToStop(way.series, way.purpose, way.person) if way else None

    def of_message_id(self, name: str) -> MessageKey | None:
        """A key as `MessageKey.message_id` writes it."""
        return parsed_key(name)


def parsed_key(text: str) -> MessageKey | None:
    """The message key written so, in whatever case; None for what is none."""
    try:
        return MessageKey.parse(text.lower())
    except InvalidKey:
        return None
