"""Handing letters to a relay in a test, in as few words as possible."""

from __future__ import annotations

from collections.abc import Sequence

from tests.relay import Relay
from worker.adapters.relay_address import Patience, RelayAddress, Tls
from worker.adapters.smtp import SmtpTransport
from worker.domain.message import Envelope, Letter, MessageKey
from worker.domain.reply import Reply
from worker.ports import Gate

#: Waits so short that a stalled relay does not stall the tests.
HASTE = Patience(connect=2, greeting=0.2, mail=0.2, rcpt=0.2, data=0.2, block=0.2, dot=0.2, quit=0.2)


def letter_to(name: str, content: bytes = b"Subject: Merci\r\n\r\nBonjour\r\n") -> Letter:
    """A letter to `name` at example.org."""
    return Letter(
        MessageKey("cafe-2", "nudge", name), Envelope("b@example.com", f"{name}@example.org"), (content,)
    )


ANA, BEN, CLEO = letter_to("ana"), letter_to("ben"), letter_to("cleo")


def address(relay: Relay, tls: Tls = Tls.NONE) -> RelayAddress:
    """Where this relay listens."""
    return RelayAddress(relay.host, relay.port, tls=tls, local_hostname="apres.example.com")


def open_gate(letters: Sequence[Letter]) -> frozenset[MessageKey]:
    """Let everything pass."""
    return frozenset(letter.key for letter in letters)


def submitted(
    to: RelayAddress, *letters: Letter, gate: Gate = open_gate, group: int = 1, abreast: int = 1
) -> list[Reply]:
    """Hand the letters over on one line; the replies, or the one that says why there is no line."""
    with SmtpTransport(to, group=group).connect(abreast) as line:
        return [line] if isinstance(line, Reply) else [reply for _, reply in line.submit(letters, gate)]
