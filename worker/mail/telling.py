"""What a letter says, as plain words: what it has in common with others, and what stands around a person's own.

HTML and text say the same in other marks, so what both have is kept once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import chain
from typing import NamedTuple

from worker.domain.plain import spoken
from worker.domain.run import APART, Run
from worker.mail.slots import SLOT_CHARACTERS, has_slot, slot_of

_UNSEEN = re.compile(r"<(style|script)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|td|th|tr|table|li|ul|ol|h[1-6]|br|hr|blockquote|pre|title|body|head|html)\b[^>]*>",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"""(?:href|src|title|alt)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SLOTS = re.compile(f"([{SLOT_CHARACTERS}])")

#: Words beside somebody's own that may belong to a name with them.
_AROUND = 5


@dataclass(frozen=True, slots=True)
class Telling:
    """`shared` is the very same text for all letters of one cast; `run` is what stands around a person's words."""

    shared: str
    run: Run

    @classmethod
    def of(cls, subject: str, text: str, html: str, links: Collection[int] = ()) -> Telling:
        """Of a letter with slots in it; those in `links` are where links lead, which says nothing of anybody."""
        whole = "\n".join((subject, text, read_html(html)))
        runs = dict.fromkeys(run for line in whole.splitlines() if has_slot(line) for run in _runs(line))
        open_ones = [(*run, APART) for run in runs if len(run) > 1 or run[0] not in links]
        lines = dict.fromkeys(line.strip() for line in _SLOTS.sub("\n", whole).splitlines())
        return cls("\n".join(lines), tuple(chain.from_iterable(open_ones)))

    @classmethod
    def of_one(cls, subject: str, text: str, html: str) -> Telling:
        """Of a letter like no other: all of it is its own."""
        return cls("", tuple(spoken("\n".join((subject, text, read_html(html))))))


class Told(NamedTuple):
    """What one letter says: a telling, and the words in its blanks."""

    telling: Telling
    words: Sequence[str] = ()


def _runs(line: str) -> Iterator[Run]:
    """The runs of a line that hold somebody's words, with at most so many others before and after."""
    run: list[str | int] = []
    for part in (*_parts(line), "\n"):
        if isinstance(part, str) and not part.isalnum():
            yield from _trimmed(run)
            run = []
        else:
            run.append(part)


def _parts(line: str) -> Iterator[str | int]:
    for piece in _SLOTS.split(line):
        slot = slot_of(piece) if len(piece) == 1 else None
        if slot is None:
            yield from spoken(piece)
        else:
            yield slot


def _trimmed(run: list[str | int]) -> Iterator[Run]:
    slots = [place for place, part in enumerate(run) if isinstance(part, int)]
    if slots:
        yield tuple(run[max(0, slots[0] - _AROUND) : slots[-1] + 1 + _AROUND])


def read_html(html: str) -> str:
    """The words of a page, a line for each block, and what its links and pictures say."""
    seen = _UNSEEN.sub(" ", html)
    addressed = "\n".join(found[1:-1] for found in _ADDRESSED.findall(seen))
    lines = _TAG.sub("", _BLOCK.sub("\n", seen.replace("\n", " ")))
    return unescape(f"{lines}\n{addressed}")
