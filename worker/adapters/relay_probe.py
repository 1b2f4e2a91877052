"""The relay, looked at as a worker would meet it: connected, greeted, encrypted, logged in; no mail."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, replace

from worker.adapters.relay_address import RelayAddress
from worker.adapters.smtp_opening import open_dialogue
from worker.domain.reply import Reply

#: Real seconds: somebody is watching.
_CONNECT, _GREETING = 5.0, 15.0


@dataclass(frozen=True, slots=True)
class RelayTold:
    """A relay that lets us in: its TLS ("" without), its extensions in capitals, its limit in octets (0: none)."""

    tls: str
    extensions: frozenset[str]
    size_limit: int


def look_at_relay(address: RelayAddress) -> RelayTold | Reply:
    """What it told, or the reply that says why it lets nobody in."""
    patience = replace(address.patience, connect=_CONNECT, greeting=_GREETING)
    opened = open_dialogue(replace(address, patience=patience))
    if isinstance(opened, Reply):
        return opened
    told = RelayTold(
        tls=(opened.line.version() or "") if isinstance(opened.line, ssl.SSLSocket) else "",
        extensions=opened.extensions,
        size_limit=opened.size_limit,
    )
    opened.hang_up()
    return told
