"""What a template gives for one reader."""

from __future__ import annotations

from dataclasses import dataclass

from worker.mail.mime import Part, text_part


@dataclass(frozen=True, slots=True)
class Rendered:
    """A subject on one line, and the same letter twice: as plain text (LF lines) and as a whole HTML page."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Readable:
    """The same, ready to stand in a mail."""

    subject: str
    text: Part
    html: Part

    @classmethod
    def of(cls, words: Rendered) -> Readable:
        """Both parts encoded."""
        return cls(words.subject, text_part("plain", words.text), text_part("html", words.html))
