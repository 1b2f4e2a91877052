"""Which words of a person are there, without the words: mails of one outline read alike but for these.

A template tried on an outline gets blanks in their places. It may write a blank and ask whether it is there; if it
does anything else with one, its mails depend on the words themselves, and that shows as an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, NoReturn

from worker.mail.slots import mark

#: A dictionary or a list as its type and its parts, any word as _THERE or "", anything else as itself.
Outline = Any

_THERE = "…"
_EMPTY: Outline = (list, ())
_SWITCHES = frozenset({bool})


class Looked(Exception):
    """A template did more with a person's word than write it."""


class Blank:
    """The place of one word. Whatever a template does to it, but write it and ask for its presence, raises."""

    __slots__ = ("is_there", "mark")

    def __init__(self, number: int, word: str) -> None:
        """The place of the word of this number, which is there or not."""
        self.mark, self.is_there = mark(number), bool(word)

    def __bool__(self) -> bool:
        """Whether there is a word."""
        return self.is_there

    def __getattr__(self, name: str) -> NoReturn:
        """Nothing of the word is known here."""
        raise Looked(name)

    def __eq__(self, other: object) -> NoReturn:
        """Nor what it is like."""
        raise Looked

    def __str__(self) -> NoReturn:
        """Nor what it says."""
        raise Looked

    __hash__ = None  # type: ignore[assignment]


def outline(value: object, words: list[str]) -> Outline:
    """The outline of a value; its words are added to `words`, in the order of their blanks."""
    if isinstance(value, str):
        words.append(value)
        return _THERE if value else ""
    if isinstance(value, dict):
        if _SWITCHES.issuperset(map(type, value.values())):
            return dict, tuple(value.items())
        parts = list[tuple[str, Outline]]()
        for name, part in value.items():
            if type(part) is str:  # as most are
                words.append(part)
                parts.append((name, _THERE if part else ""))
            else:
                parts.append((name, outline(part, words)))
        return dict, tuple(parts)
    if isinstance(value, list):
        return (list, tuple([outline(part, words) for part in value])) if value else _EMPTY
    return value


def with_blanks(outlined: Outline) -> Any:
    """The value of this outline with a blank for each word."""
    return _with_blanks(outlined, count())


def _with_blanks(outlined: Outline, numbers: Iterator[int]) -> Any:
    match outlined:
        case str():
            return Blank(next(numbers), outlined)
        case (kind, parts) if kind is dict:
            return {name: _with_blanks(part, numbers) for name, part in parts}
        case (_, parts):
            return [_with_blanks(part, numbers) for part in parts]
        case _:
            return outlined
