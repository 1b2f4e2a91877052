"""Take values out of a TOML table by name; each mistake is named with file, line, key, value and remedy.

A reading is a function from what stands in the file to what we use. It raises Unfit with the remedy for anything it
cannot read, None included: that is what it is given for a missing key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from worker.adapters.toml_lines import KeyPath, LineFinder
from worker.domain.errors import ApresError, InvalidFile, InvalidRule

T = TypeVar("T")
D = TypeVar("D")
E = TypeVar("E", bound=StrEnum)


class Unfit(ApresError):
    """A value that a reading cannot use; `str()` is the remedy."""


@dataclass(frozen=True, slots=True)
class TomlTable:
    """One table of a file, at its place."""

    values: dict[str, Any]
    path: KeyPath
    lines: LineFinder

    def allow(self, *names: str) -> None:
        """InvalidFile for the first key that is none of these."""
        for name in self.values:
            if name not in names:
                raise self.mistake(name, f"unknown key; {nearest(name, names)}")

    def need(self, name: str, read: Callable[[Any], T]) -> T:
        """The value of a key that must be there."""
        try:
            return read(self.values.get(name))
        except (Unfit, InvalidRule) as error:
            remedy = error.remedy if isinstance(error, InvalidRule) else str(error)
            raise self.mistake(name, remedy if name in self.values else f"missing; {remedy}") from error

    def take(self, name: str, read: Callable[[Any], T], default: D) -> T | D:
        """The value of a key, or the default when it is not there."""
        return self.need(name, read) if name in self.values else default

    def table(self, name: str) -> TomlTable:
        """The table inside, empty when it is not there."""
        return TomlTable(self.take(name, _table_called(name), {}), (*self.path, name), self.lines)

    def tables(self, name: str) -> list[TomlTable]:
        """The array of tables inside, at least one."""
        found = self.need(name, _tables_called(name))
        return [
            TomlTable(values, (*self.path, name, place), self.lines) for place, values in enumerate(found)
        ]

    def mistake(self, name: str, remedy: str) -> InvalidFile:
        """The error that names this key of this table."""
        return self.lines.mistake((*self.path, name), self.values.get(name), remedy)


def nearest(word: object, allowed: Iterable[str]) -> str:
    """A remedy for a word that is none of a closed list: the one that was probably meant, else all of them."""
    words = list(allowed)
    near = get_close_matches(word, words, n=1) if isinstance(word, str) else []
    return f"did you mean {near[0]}?" if near else f"write one of: {', '.join(words)}"


def one_of(*words: E) -> Callable[[Any], E]:
    """A reading of one word of a closed list."""

    def read(value: Any) -> E:
        for word in words:
            if value == word:
                return word
        raise Unfit(nearest(value, words))

    return read


def list_of(read: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    """A reading of a list, each of its values read by `read`."""

    def read_all(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise Unfit("write a list between [ and ]")
        return tuple(read(each) for each in value)

    return read_all


def _table_called(name: str) -> Callable[[Any], dict[str, Any]]:
    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Unfit(f"write it as a table, with [{name}] on a line of its own")
        return value

    return read


def _tables_called(name: str) -> Callable[[Any], list[dict[str, Any]]]:
    def read(value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
            raise Unfit(f"write at least one table, with [[{name}]] on a line of its own")
        return value

    return read
