"""A letter that an organizer rewrote for one person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """`text` is Markdown with values in braces, as a template is; it stands in place of the template `letter`."""

    letter: str
    text: str


def with_even_lines(text: str) -> str:
    """The text with LF at each line's end, the last one too, and no byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n") + "\n"
