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
    quoted_part,
    quoted_printable,
    raw_lines,
    text_part,
)
from worker.mail.slots import Form, has_slot


@dataclass(frozen=True, slots=True)
class Plate:
    """A part with blanks: `closed` lines are encoded, and one item more than the `open` ones that await words.

    `octets` and `foreign` count what the closed lines were before.
    """

    subtype: Literal["plain", "html"]
    whole: Form
    closed: tuple[bytes, ...]
    open: tuple[Form, ...]
    octets: int
    foreign: int

    @classmethod
    def of(cls, subtype: Literal["plain", "html"], text: str) -> Plate:
        """From a text with slots in it, each for words that are there and end no line."""
        raw, closed, awaiting = b"", [b""], list[Form]()
        for is_open, lines in _runs(text):
            if is_open:
                awaiting.append(Form.of(lines))
                closed.append(b"")
            else:
                closed[-1] = quoted_printable(raw_lines(lines))
                raw += raw_lines(lines)
        return cls(subtype, Form.of(text), tuple(closed), tuple(awaiting), len(raw), foreign_octets(raw))

    def fill(self, words: Sequence[str]) -> Part:
        """As `text_part` of the filled text, byte for byte."""
        raws = [raw_lines(lines.fill(words)) for lines in self.open]
        octets = self.octets + sum(map(len, raws))
        if is_mostly_foreign(self.foreign + sum(map(foreign_octets, raws)), octets):
            return text_part(self.subtype, self.whole.fill(words))
        written = [self.closed[0]]
        for raw, closed in zip(raws, self.closed[1:], strict=True):
            written += (quoted_printable(raw), closed)
        return quoted_part(self.subtype, b"".join(written))


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """The lines with slots and those without, each as long as they follow on each other."""
    for is_open, lines in groupby(text.splitlines() or [""], key=has_slot):
        yield is_open, "\n".join(lines)
