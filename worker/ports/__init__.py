"""What the services ask of the world. Each has a twin in memory that passes the same contract tests.

All moments are aware UTC datetimes on the ledger's clock, unless a docstring says "real time".
"""

from __future__ import annotations

from typing import Protocol

from worker.ports.batches import Batches
from worker.ports.campaigns import Campaigns
from worker.ports.consents import Consents
from worker.ports.decisions import Notices, Suppressions
from worker.ports.dialogues import Dialogues
from worker.ports.directory import Directory
from worker.ports.drafts import Drafts
from worker.ports.forgetting import Copies, Forgetting
from worker.ports.handing_over import Composer, Gate, Line, Scribe, Transport
from worker.ports.introductions import Introductions, Matcher
from worker.ports.ledger import Ledger
from worker.ports.mailroom import Answers, Folder, Incoming, Mailbox, Tray
from worker.ports.relay import Relay
from worker.ports.schedule import Schedule, Turned
from worker.ports.watching import LedgerHealth, Moves, Servers, Watching

__all__ = [
    "Answers",
    "Batches",
    "Campaigns",
    "Composer",
    "Consents",
    "Copies",
    "Dialogues",
    "Directory",
    "Drafts",
    "Folder",
    "Forgetting",
    "Gate",
    "Incoming",
    "Introductions",
    "Ledger",
    "LedgerHealth",
    "Line",
    "Mailbox",
    "Matcher",
    "Moves",
    "Notices",
    "Relay",
    "Schedule",
    "Scribe",
    "Servers",
    "Store",
    "Suppressions",
    "Transport",
    "Tray",
    "Turned",
    "Watching",
]


class Store(
    Schedule,
    Ledger,
    Campaigns,
    Directory,
    Drafts,
    Suppressions,
    Notices,
    Relay,
    Answers,
    Dialogues,
    Consents,
    Introductions,
    Watching,
    Forgetting,
    Batches,
    Protocol,
):
    """Everything kept in the ledger's Redis."""
