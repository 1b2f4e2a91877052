"""Log lines that stay whole when several processes write to one file or pipe, as pool processes do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

#: Octets that the system writes together, whoever else writes to the same pipe (POSIX PIPE_BUF, as Linux has it).
TOGETHER = 4096


class WholeLines:
    """structlog's logger that writes. A line and its end leave in one writing, and so do as many lines as fit one."""

    def __init__(self, stream: BinaryIO) -> None:
        """Write to this stream, and keep nothing back."""
        self._stream = stream

    def msg(self, lines: str) -> None:
        """One line or several, without the end of the last. Half a character becomes its number, as ever."""
        for block in blocks(f"{lines}\n".encode(errors="backslashreplace")):
            self._stream.write(block)
            self._stream.flush()

    debug = info = warning = error = critical = msg


def blocks(lines: bytes) -> Iterator[bytes]:
    """Whole lines in pieces that are written together; a line that is longer alone."""
    start = 0
    while start < len(lines):
        end = (
            len(lines) if len(lines) - start <= TOGETHER else lines.rfind(b"\n", start, start + TOGETHER) + 1
        )
        if end <= start:
            end = lines.find(b"\n", start) + 1
        yield lines[start:end]
        start = end
