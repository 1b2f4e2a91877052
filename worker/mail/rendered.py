"""What a template gives for one reader."""

from __future__ import annotations

from dataclasses import dataclass, field

from worker.domain.value import value
from worker.mail.mime import Part, text_part
from worker.mail.telling import Telling, Told


@dataclass(frozen=True, slots=True)
class Rendered:
    """A subject on one line, and the same letter twice: as plain text (LF lines) and as a whole HTML page."""

    subject: str
    text: str
    html: str


@value(frozen=True, slots=True)
class Readable:
    """The same, ready to stand in a mail; `told` is what it says, before it was encoded."""

    subject: str
    text: Part
    html: Part
    told: Told = field(compare=False)

    @classmethod
    def of(cls, words: Rendered) -> Readable:
        """Both parts encoded."""
        told = Told(Telling.of_one(words.subject, words.text, words.html))
        return cls(words.subject, text_part("plain", words.text), text_part("html", words.html), told)
