"""The journal of this machine: what passed the gate, written before the final dot, beside the ledger and not in it.

`<data>/journal/<ledger>/<day>.log`, appended to by every worker process. A line reaches the system before the dot;
it reaches the disk at the next claim: only a crash of this machine together with the ledger's may lose a batch of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from worker.domain.delivery import Settlement
from worker.domain.journal import Account, last_passage, passed_line, read_account, settled_line, together
from worker.domain.ledger import LedgerMark
from worker.domain.message import MessageKey

#: Days after which nothing in a journal can matter: no step is kept for longer.
KEEP = 120

_TAIL = 8192


class Witness(Protocol):
    """Who writes down what passes the gate, and knows how far the ledger must be at least."""

    def mark(self) -> str:
        """`<ledger>:<passages>` as this process knows it, or "" for no opinion."""

    def fresh_mark(self) -> str:
        """The same, after a look at what the other processes of this machine wrote; before a claim."""

    def passed(self, sequence: int, keys: Sequence[MessageKey]) -> None:
        """These are about to get their final dot."""

    def settled(self, settlements: Iterable[Settlement]) -> None:
        """These have an outcome."""

    def refused(self, ledger: LedgerMark) -> None:
        """A claim was refused by this ledger: perhaps it is another one now."""


class NoWitness:
    """For whoever does not send: commands, tests, benchmarks of the ledger alone."""

    def mark(self) -> str:
        """No opinion."""
        return ""

    def fresh_mark(self) -> str:
        """No opinion."""
        return ""

    def passed(self, sequence: int, keys: Sequence[MessageKey]) -> None:
        """Nothing is written."""

    def settled(self, settlements: Iterable[Settlement]) -> None:
        """Nothing is written."""

    def refused(self, ledger: LedgerMark) -> None:
        """Nothing was known."""


class WhenSending:
    """`Witness` of a process that may never send: its journal is opened with the first claim."""

    def __init__(self, open_journal: Callable[[], Journal], close: Callable[[], None]) -> None:
        """Ask for the journal each time; whoever makes it keeps it, until told to `close` it."""
        self._journal, self._close = open_journal, close

    def mark(self) -> str:
        """As the journal says."""
        return self._journal().mark()

    def fresh_mark(self) -> str:
        """As the journal says."""
        return self._journal().fresh_mark()

    def passed(self, sequence: int, keys: Sequence[MessageKey]) -> None:
        """Into the journal."""
        self._journal().passed(sequence, keys)

    def settled(self, settlements: Iterable[Settlement]) -> None:
        """Into the journal."""
        self._journal().settled(settlements)

    def refused(self, ledger: LedgerMark) -> None:
        """Once another ledger has been reconciled, a journal of it is opened."""
        if not ledger.held and self._journal().ledger != ledger.id:
            self._close()


class Journal:
    """`Witness` in files. One object for each process; their appends do not mix (O_APPEND)."""

    def __init__(self, folder: Path, ledger: str) -> None:
        """Keep the journal of this ledger under `folder`; files too old to matter are taken away."""
        self.ledger, self._folder = ledger, folder / ledger
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _forget_the_old(self._folder)
        self._file, self._day = -1, date.min
        self._highest = read_account(lines_of(self._folder.glob("*.log"))).highest

    def mark(self) -> str:
        """From memory."""
        return f"{self.ledger}:{self._highest}"

    def fresh_mark(self) -> str:
        """What this process wrote so far reaches the disk before it takes more in hand."""
        if self._file >= 0:
            os.fdatasync(self._file)
        newest = max(self._folder.glob("*.log"), default=None)
        if newest is not None:
            self._highest = max(self._highest, _last_passage(newest))
        return self.mark()

    def passed(self, sequence: int, keys: Sequence[MessageKey]) -> None:
        """One line, in the system's hands when this returns."""
        self._highest = max(self._highest, sequence)
        self._append(passed_line(sequence, keys))

    def settled(self, settlements: Iterable[Settlement]) -> None:
        """A line each."""
        lines = [settled_line(settlement.state, settlement.claim.key) for settlement in settlements]
        if lines:
            self._append("\n".join(lines))

    def _append(self, text: str) -> None:
        today = datetime.now(UTC).date()
        if today != self._day:
            if self._file >= 0:
                os.close(self._file)
            file = self._folder / f"{today.isoformat()}.log"
            self._file, self._day = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), today
        os.write(self._file, f"{text}\n".encode())


def other_ledgers(folder: Path, ledger: str) -> tuple[str, ...]:
    """The ledgers besides this one that this machine has a journal of with anything in it."""
    others = (place for place in folder.glob("*") if place.is_dir() and place.name != ledger)
    return tuple(sorted(place.name for place in others if any(f.stat().st_size for f in place.glob("*.log"))))


def told_of(ledger: LedgerMark, folder: Path, files: Iterable[Path]) -> Account:
    """What this machine's journals and these files tell of a ledger; one without any past is told of all others."""
    own = (folder / ledger.id).glob("*.log") if ledger.sequence else folder.glob("*/*.log")
    return together(read_account(lines_of([file])) for file in sorted([*own, *files]))


def lines_of(files: Iterable[Path]) -> Iterable[str]:
    """All lines, file by file in the order of their days."""
    for file in sorted(files):
        yield from file.read_text("ascii", "replace").splitlines()


def _last_passage(file: Path) -> int:
    with file.open("rb") as journal:
        journal.seek(max(0, file.stat().st_size - _TAIL))
        return last_passage(journal.read().decode("ascii", "replace").splitlines())


def _forget_the_old(folder: Path) -> None:
    today = datetime.now(UTC).date()
    for file in folder.glob("*.log"):
        if (today - date.fromisoformat(file.stem)).days > KEEP:
            file.unlink(missing_ok=True)
