"""The Transport over SMTP, with a line for each round or with one that is kept from round to round."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from worker.adapters.relay_address import RelayAddress
from worker.adapters.smtp_line import SmtpLine
from worker.adapters.smtp_opening import open_dialogue
from worker.domain.reply import Reply
from worker.ports import Line


class SmtpTransport:
    """The way to one relay. Opens nothing before it is asked to."""

    def __init__(self, address: RelayAddress, *, group: int = 1) -> None:
        """Remember where the relay is; `group` letters at most are past the gate at once on a line."""
        self._address, self._group = address, group

    @contextmanager
    def connect(self, abreast: int = 1) -> Iterator[Line | Reply]:
        """A line to the relay, or the reply that says why there is none; leaving hangs up quietly."""
        line = self._open(abreast)
        try:
            yield line
        finally:
            if isinstance(line, SmtpLine):
                line.hang_up()

    def hang_up(self) -> None:
        """Nothing was kept."""

    def _open(self, abreast: int) -> SmtpLine | Reply:
        opened = open_dialogue(self._address)
        return opened if isinstance(opened, Reply) else SmtpLine(opened, self._address, self._group, abreast)


class LastingSmtpTransport(SmtpTransport):
    """The same for a process that connects again and again: leaving keeps the line, and the next one gets it."""

    def __init__(self, address: RelayAddress, *, group: int = 1) -> None:
        """Nothing is kept yet."""
        super().__init__(address, group=group)
        self._kept: list[tuple[SmtpLine, float]] = []

    @contextmanager
    def connect(self, abreast: int = 1) -> Iterator[Line | Reply]:
        """The line kept from before if the relay still answers on it, else a new one; a failure in between ends it."""
        line = self._take(abreast) or self._open(abreast)
        try:
            yield line
        except BaseException:
            if isinstance(line, SmtpLine):
                line.hang_up()
            raise
        if isinstance(line, SmtpLine):
            self.hang_up()
            self._kept.append((line, time.monotonic()))

    def hang_up(self) -> None:
        """Say goodbye on the line that was kept; never raises."""
        with suppress(IndexError):
            self._kept.pop()[0].hang_up()

    def _take(self, abreast: int) -> SmtpLine | None:
        """The kept line if it still serves; taken away, so that two threads never speak on one."""
        with suppress(IndexError):
            line, kept_at = self._kept.pop()
            if line.serves_again(abreast, time.monotonic() - kept_at):
                return line
        return None
