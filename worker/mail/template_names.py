"""How the files under `templates/` are called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

#: Above each letter, the same in every language.
LETTERHEAD = "_frame/letterhead.md.j2"

_LETTER = re.compile(r"(?P<language>[a-z]{2})/(?P<step>[a-z0-9-]+)\.md\.j2")


class LetterName(NamedTuple):
    """One mail in one language."""

    language: str
    step: str

    def __str__(self) -> str:
        """The file, below `templates/`."""
        return f"{self.language}/{self.step}.md.j2"


def footer(language: str) -> str:
    """The file of what stands below each letter."""
    return f"_frame/footer.{language}.md.j2"


def letters(names: Iterable[str]) -> tuple[LetterName, ...]:
    """The letters among the files, sorted."""
    found = (_LETTER.fullmatch(name) for name in names)
    return tuple(sorted(LetterName(match["language"], match["step"]) for match in found if match))
