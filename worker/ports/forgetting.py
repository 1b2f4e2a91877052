"""Taking somebody out of everything that is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from worker.domain.erasure import Forgotten


class Forgetting(Protocol):
    """The ledger, as far as it knows people."""

    def forget_person(self, gone: Forgotten) -> None:
        """Out of every list, answer, pair and note; moves and counts stay, they name nobody. Twice is once."""


class Copies(Protocol):
    """What else we keep beside the ledger: previews, the local inbox, ledgers set aside, the server's own files."""

    def forget_person(self, gone: Forgotten) -> None:
        """Out of all of it, and out of what the ledger's server has on disk. Twice is once."""

    def drop_older(self, age: timedelta) -> None:
        """Previews, mails of the local inbox and logs that nobody has written to for so long; real time."""
