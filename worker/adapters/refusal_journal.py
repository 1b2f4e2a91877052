"""Refusals as this machine wrote them down: `<data>/rights/refusals.log`, beside the ledger and in no backup."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from redis import Redis

from worker.adapters.journal import Witness
from worker.adapters.observe import ObservedStore
from worker.domain.pace import RelayLimits
from worker.domain.refusals import Lift, Told, lift_line, read_refusals, stop_line
from worker.domain.suppression import Suppression


class RefusalJournal:
    """One file, appended to by every process; a line is on the disk when the call returns."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made before the first line."""
        self._file = folder / "refusals.log"

    def write(self, line: str) -> None:
        """Add a line (O_APPEND: lines of several processes do not mix)."""
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, f"{line}\n".encode())
            os.fsync(file)
        finally:
            os.close(file)

    def told(self, others: Iterable[Path] = ()) -> tuple[Told, ...]:
        """What this journal, and those of other machines, tell."""
        files = [file for file in (self._file, *others) if file.is_file()]
        lines = (line for file in files for line in file.read_text("utf-8", "replace").splitlines())
        return tuple(read_refusals(lines))


class JournaledStore(ObservedStore):
    """The Redis store, writing refusals down beside it."""

    def __init__(self, client: Redis, limits: RelayLimits, witness: Witness, journal: RefusalJournal) -> None:
        """As `RedisStore`."""
        super().__init__(client, limits, witness)
        self._refusals = journal

    def suppress(self, suppression: Suppression) -> None:
        """Written down first: what is lost between the two is heard once more, not forgotten."""
        self._refusals.write(stop_line(suppression))
        super().suppress(suppression)

    def lift(self, fingerprint: str, scope: str, because: str = "") -> bool:
        """Written down last: what is lost between the two stays refused after a restore."""
        at: datetime = self.now()
        lifted = super().lift(fingerprint, scope, because)
        if lifted:
            self._refusals.write(lift_line(Lift(fingerprint, scope, at)))
        return lifted
