"""The Transport over SMTP: one reused line that renews itself between letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from worker.adapters.relay_address import RelayAddress
from worker.adapters.smtp_dialogue import Dialogue
from worker.adapters.smtp_opening import open_dialogue
from worker.domain.message import Letter
from worker.domain.reply import Reply, Verdict
from worker.ports import Gate, Line

#: What is said about one letter only; after any other verdict the remaining letters are not tried.
_ABOUT_ONE_LETTER = frozenset({Verdict.ACCEPTED, Verdict.TRY_LATER, Verdict.REFUSED})


class SmtpTransport:
    """The way to one relay. Opens nothing before it is asked to."""

    def __init__(self, address: RelayAddress) -> None:
        """Remember where the relay is."""
        self._address = address

    @contextmanager
    def connect(self) -> Iterator[Line | Reply]:
        """A line to the relay, or the reply that says why there is none; leaving hangs up quietly."""
        opened = open_dialogue(self._address)
        if isinstance(opened, Reply):
            yield opened
            return
        line = SmtpLine(opened, self._address)
        try:
            yield line
        finally:
            line.hang_up()


class SmtpLine:
    """A line to the relay that lasts: worn-out connections are replaced between two letters."""

    def __init__(self, dialogue: Dialogue, address: RelayAddress) -> None:
        """Begin with an open dialogue; later ones are opened at the same address."""
        self._dialogue, self._address = dialogue, address

    def submit(self, letters: Sequence[Letter], gate: Gate) -> Iterator[tuple[Letter, Reply]]:
        """One reply for each letter, in order, until the line is lost, the gate shut or the relay refuses us.

        The gate is asked when a letter's body is out and only the final dot is missing. Submitting again after a
        shut gate goes on over a new connection.
        """
        for letter in letters:
            reply = self._renew() or self._dialogue.transact(letter, gate)
            yield letter, reply
            if reply.verdict not in _ABOUT_ONE_LETTER:
                return

    def hang_up(self) -> None:
        """Say goodbye; never raises."""
        self._dialogue.hang_up()

    def _renew(self) -> Reply | None:
        if self._dialogue.serves(self._address.letters_per_line):
            return None
        self._dialogue.hang_up()
        opened = open_dialogue(self._address)
        if isinstance(opened, Reply):
            return opened
        self._dialogue = opened
        return None
