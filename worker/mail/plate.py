"""A text part encoded beforehand: only the lines with somebody's words in them are encoded for each mail.

Quoted-printable takes each line by itself (RFC 2045 §6.7), so a line that never changes is encoded once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from worker.mail.mime import (
    Part,
    foreign_octets,
    is_mostly_foreign,
    is_transparent,
    quoted_head,
    quoted_lines,
    text_part,
)
from worker.mail.slots import Form, has_slot


@dataclass(frozen=True, slots=True)
class Plate:
    """A part with blanks: `closed` lines are encoded, and one item more than the `open` ones that await words.

    `octets` and `foreign` count what the closed lines were before, `octets` with the line breaks of the open ones.
    `transparent` is said of the closed lines.
    """

    subtype: Literal["plain", "html"]
    whole: Form
    closed: tuple[bytes, ...]
    open: tuple[Form, ...]
    octets: int
    foreign: int
    transparent: bool

    @classmethod
    def of(cls, subtype: Literal["plain", "html"], text: str) -> Plate:
        """From a text with slots in it, each for words that are there and end no line."""
        fixed, breaks, closed, awaiting = b"", 0, [b""], list[Form]()
        for is_open, lines in _runs(text):
            breaks += lines.count("\n")
            if is_open:
                awaiting.append(Form.of(lines))
                closed.append(b"")
            else:
                raw = lines.encode("utf-8", "replace")
                closed[-1] = quoted_lines(raw).replace(b"\n", b"\r\n")
                fixed += raw
        octets, foreign, transparent = (
            len(fixed) + breaks,
            foreign_octets(fixed),
            all(map(is_transparent, closed)),
        )
        return cls(subtype, Form.of(text), tuple(closed), tuple(awaiting), octets, foreign, transparent)

    def fill(self, words: Sequence[str]) -> Part:
        """As `text_part` of the filled text, byte for byte."""
        raws = [lines.fill(words).encode("utf-8", "replace") for lines in self.open]
        raw = b"".join(raws)
        if is_mostly_foreign(self.foreign + foreign_octets(raw), self.octets + len(raw)):
            return text_part(self.subtype, self.whole.fill(words))
        opened = [quoted_lines(lines).replace(b"\n", b"\r\n") for lines in raws]
        written = [self.closed[0]]
        for lines, closed in zip(opened, self.closed[1:], strict=True):
            written += (lines, closed)
        transparent = self.transparent and is_transparent(b"".join(opened))
        return Part(quoted_head(self.subtype), written, encoded=True, transparent=transparent)


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """The lines with slots and those without, each as long as they follow on each other, and with their ends."""
    for is_open, lines in groupby(text.splitlines() or [""], key=has_slot):
        yield is_open, "".join(f"{line}\n" for line in lines)
