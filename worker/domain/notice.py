"""Something that needs a person: an organizer or ops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

#: The "edition" of notices that concern the house and no single Café.
HOUSE = "apres"


class NoticeKind(StrEnum):
    """What a person is needed for; one sentence each in `templates/<language>/notice.md.j2`."""

    RELAY_PAUSED = "relay-paused"
    MANY_REFUSED = "many-refused"
    COMPOSE_FAILED = "compose-failed"
    LEAK = "leak"
    LEDGER_HELD = "ledger-held"
    POISON = "poison"
    DOUBTS = "doubts"
    EXPIRED = "expired"
    CLOCKS = "clocks"
    KEPT_ASIDE = "kept-aside"
    UNCLEAR_NAMES = "unclear-names"
    MAILBOX = "mailbox"
    UNAPPROVED = "unapproved"


@dataclass(frozen=True, slots=True)
class Notice:
    """One open matter. `details` hold keys, counts and replies, never an address. `number` makes its mail's key."""

    edition: str
    kind: NoticeKind
    since: datetime
    number: int = 0
    details: Mapping[str, str] = field(default_factory=dict)
