"""What a template gives for one reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rendered:
    """A subject on one line, and the same letter twice: as plain text (LF lines) and as a whole HTML page."""

    subject: str
    text: str
    html: str
