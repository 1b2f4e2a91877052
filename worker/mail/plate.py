"""A text part encoded beforehand: only the lines with somebody's words in them are encoded for each mail.

Quoted-printable takes each line by itself (RFC 2045 §6.7), so a line that never changes is encoded once, and so are
the rows before the first of somebody's words. What stands around these is written once, too, and broken in each mail.
"""

from __future__ import annotations

from binascii import a2b_qp
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from worker.mail.mime import (
    Part,
    foreign_octets,
    is_mostly_foreign,
    is_transparent,
    octets_of,
    quoted_head,
    quoted_lines,
    raw_lines,
    text_part,
)
from worker.mail.quoted_rows import broken, quoted_words, unbroken
from worker.mail.slots import Form, first_slot, has_slot, without_slots


@dataclass(frozen=True, slots=True)
class Plate:
    """A part with blanks: `closed` is encoded, with "" in the place of each open line, which awaits words.

    `awaiting` are the open lines, unbroken, with a %s for each of `blanks`. `octets` and `foreign` count what all was
    before, without the words. `transparent` is said of what is closed.
    """

    subtype: Literal["plain", "html"]
    whole: Form
    closed: tuple[bytes, ...]
    awaiting: bytes
    blanks: tuple[int, ...]
    octets: int
    foreign: int
    transparent: bool

    @classmethod
    def of(cls, subtype: Literal["plain", "html"], text: str) -> Plate:
        """From a text with slots in it, each for words that are there and end no line."""
        closed, awaiting = [b""], list[bytes]()
        for is_open, lines in _runs(text):
            if is_open:
                rows, rest = _settled(lines)
                awaiting.append(rest)
                closed[-1] += _with_crlf(rows)
                closed += (b"", b"\r\n")
            else:
                closed[-1] += _with_crlf(quoted_lines(octets_of(lines)))
        whole, fixed = Form.of(text), raw_lines("\n".join(without_slots(text).splitlines()))
        return cls(
            subtype,
            whole,
            tuple(closed),
            b"\n".join(awaiting),
            whole.blanks,
            len(fixed),
            foreign_octets(fixed),
            is_transparent(b"x".join(closed[::2])),
        )

    def fill(self, words: Sequence[str]) -> Part:
        """As `text_part` of the filled text, byte for byte."""
        return self.set(words, dict(enumerate(quoted_words(words))))

    def set(self, words: Sequence[str], quoted: Mapping[int, bytes]) -> Part:
        """The same, when the words of its blanks are `quoted_words` already."""
        lines = self.awaiting % tuple([quoted[blank] for blank in self.blanks])
        # Whatever is foreign has its sign: mostly there are too few to count.
        if (self.foreign + lines.count(b"=")) * 6 > self.octets and self._is_mostly_foreign(words):
            return text_part(self.subtype, self.whole.fill(words))
        written = list(self.closed)
        if self.blanks:
            written[1::2] = [broken(line) for line in lines.split(b"\n")]
        transparent = self.transparent and b"\r" not in lines
        return Part(quoted_head(self.subtype), written, encoded=True, transparent=transparent)

    def _is_mostly_foreign(self, words: Sequence[str]) -> bool:
        told = b"".join([octets_of(words[blank]) for blank in self.blanks])
        return is_mostly_foreign(self.foreign + foreign_octets(told), self.octets + len(told))


def _settled(line: str) -> tuple[bytes, bytes]:
    """Of an open line the rows that no word can change any more, and what follows them, with a %s for each word."""
    slot = first_slot(line)
    front = octets_of(line[:slot])
    rows = quoted_lines(front).split(b"=\n")[:-1]
    # Where a row breaks depends on the octet after it, and on whether there is one more.
    while rows and len(front) - len(a2b_qp(_joined(rows))) < 2:
        del rows[-1]
    rest = front[len(a2b_qp(_joined(rows))) :]
    return _joined(rows), unbroken(rest.replace(b"%", b"%%") + octets_of(Form.of(line[slot:]).pattern))


def _joined(rows: Sequence[bytes]) -> bytes:
    return b"".join([row + b"=\n" for row in rows])


def _with_crlf(lines: bytes) -> bytes:
    return lines.replace(b"\n", b"\r\n")


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """Each line with slots by itself, without its end, and the lines between them with their ends."""
    for is_open, lines in groupby(text.splitlines() or [""], key=has_slot):
        if is_open:
            yield from ((True, line) for line in lines)
        else:
            yield False, "".join(f"{line}\n" for line in lines)
