"""The lines above the letter: what the inbox shows before it is opened.

needs: next              (optional: the value without which this mail cannot be)
subject: Merci de votre fidélité
preheader: Ce que nous gardons de mardi.

Bonjour, …
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NEEDS = re.compile(r"\Aneeds:[ ]*(?P<name>\w+)[ ]*\n")
_LINE = re.compile(r"(?P<key>needs|subject|preheader):[ ]+(?P<value>\S.*)")
_WANTED = ("subject", "preheader")


@dataclass(frozen=True, slots=True)
class Front:
    """What stands above the letter, and the letter. `body_line` is the draft's line (from 0) where it begins."""

    subject: str
    preheader: str
    body: str
    body_line: int


def needs(source: str) -> str:
    """The value that this template says it needs, or ""."""
    match = _NEEDS.match(source)
    return match["name"] if match else ""


def read_front(draft: str) -> Front | str:
    """The draft in its parts, or the sentence that says what to write."""
    lines = draft.split("\n")
    end = lines.index("") if "" in lines else len(lines)
    found = [match for match in map(_LINE.fullmatch, lines[:end]) if match]
    values = {match["key"]: match["value"].strip() for match in found}
    if len(found) != end or len(values) != end or not set(_WANTED) <= set(values):
        return "begin with one line 'subject: …', one line 'preheader: …', then an empty line and the letter"
    return Front(values["subject"], values["preheader"], "\n".join(lines[end:]), end)
