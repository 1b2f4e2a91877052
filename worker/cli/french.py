"""The sentences of errors in French; below the command line they are written in English only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from worker.domain.errors import ApresError, InvalidFile, InvalidRule

#: What stands for a value in an English sentence.
HOLE = "{}"


def in_french(error: ApresError) -> str:
    """The error's sentence in French; what nobody translated stays in English."""
    if isinstance(error, InvalidFile):
        place = "" if error.line is None else f", ligne {error.line}"
        return f"{error.file}{place} : {error.key}{error.written} : {translated(error.remedy)}"
    if isinstance(error, InvalidRule):
        return f"{error.text!r} n’est pas un moment : {translated(error.remedy)}"
    return translated(str(error))


def translated(text: str) -> str:
    """A sentence or a word in French, the values in it likewise; unchanged when the catalogue does not know it."""
    known = catalogue()
    if text in known:
        return known[text]
    for pattern, french in _patterns():
        if found := pattern.fullmatch(text):
            return french.format(*map(translated, found.groups()))
    return text


@cache
def catalogue() -> Mapping[str, str]:
    """English sentences, with `{}` for each value, to French ones with `{0}`, `{1}` and so on."""
    return tomllib.loads(files("worker.cli").joinpath("french.toml").read_text("utf-8"))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Sentences with values, the most telling first: "{}; {}" would fit many."""
    open_ones = sorted((english for english in catalogue() if HOLE in english), key=len, reverse=True)
    return tuple((_pattern(english), catalogue()[english]) for english in open_ones)


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, english.split(HOLE))), re.DOTALL)
