"""Read a TOML file and remember where each key stands, so that a mistake can be named with its line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from worker.domain.errors import InvalidFile

#: From the top of a file to a value: keys, and numbers (from 0) for places in an array of tables.
KeyPath = tuple[str | int, ...]

# What a statement may be made of (TOML 1.0, "String", "Comment", "Array"): brackets and line ends inside strings and
# comments do not count. Long quotes come before short ones, because they begin alike.
_PIECE = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*|[\[\]{}\n]",
    re.DOTALL,
)
_KEY = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|[^="'\#])+""")
_HEADER = re.compile(r"""(\[{1,2})(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\]"'])+\]{1,2}""")
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class LineFinder:
    """Knows the line (from 1) of every key of one file."""

    file: str
    lines: Mapping[KeyPath, int]

    def of(self, *path: str | int) -> int | None:
        """The line of this key, else that of the nearest table around it, else None."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return None

    def mistake(self, path: KeyPath, value: object, remedy: str) -> InvalidFile:
        """The error that names this place; tables of an array are counted from 1, as people do."""
        key = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        return InvalidFile(file=self.file, line=self.of(*path), key=key, value=value, remedy=remedy)


def load(path: Path) -> tuple[dict[str, Any], LineFinder]:
    """The values of a TOML file and where they stand; InvalidFile when it cannot be read as TOML in UTF-8."""
    text = _text_of(path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path, text, str(error)) from error
    return values, LineFinder(path.name, lines_of(text))


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        remedy = f"cannot be read ({error.strerror}); check the path"
        raise InvalidFile(file=str(path), line=None, key="file", value=None, remedy=remedy) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InvalidFile(
            file=path.name, line=line, key="file", value=None, remedy="save it as UTF-8"
        ) from error


def _syntax_error(path: Path, text: str, message: str) -> InvalidFile:
    written = text.rstrip().split("\n")
    found = _PLACE.search(message)
    line = int(found.group(1)) if found and found.group(1) else len(written)
    value = written[line - 1].strip() if line <= len(written) else None
    remedy = f"{_PLACE.sub('', message)}: texts stand in quotes, lists in [ ]"
    return InvalidFile(file=path.name, line=line, key="syntax", value=value, remedy=remedy)


def lines_of(text: str) -> dict[KeyPath, int]:
    """The line of each key and table of a valid TOML text. What stands inside a value counts as the line of its key."""
    lines: dict[KeyPath, int] = {}
    table: KeyPath = ()
    arrays: Counter[KeyPath] = Counter()
    for number, statement in _statements(text):
        header = _HEADER.match(statement)
        path = _table_path(header, arrays) if header else (*table, *_key_path(statement))
        table = path if header else table
        for end in range(1, len(path)):
            lines.setdefault(path[:end], number)
        lines[path] = number
    return lines


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each header and each `key = value`, with the line on which it begins; a value may go on for many lines."""
    depth, start, line = 0, 0, 1
    for piece in _PIECE.finditer(f"{text}\n"):
        mark = piece.group()
        depth += (mark in {"[", "{"}) - (mark in {"]", "}"})
        if mark != "\n" or depth:
            continue
        statement = text[start : piece.start()]
        if statement.strip() and not statement.lstrip().startswith("#"):
            yield line, statement.lstrip()
        line += statement.count("\n") + 1
        start = piece.end()


def _key_path(statement: str) -> KeyPath:
    key = _KEY.match(statement)
    return _names(f"{key.group()} = 0") if key else ()


def _table_path(header: re.Match[str], arrays: Counter[KeyPath]) -> KeyPath:
    *around, name = _names(header.group())
    path: KeyPath = ()
    for part in around:
        path = (*path, part)
        path = (*path, arrays[path] - 1) if path in arrays else path
    path = (*path, name)
    if header.group(1) == "[":
        return path
    arrays[path] += 1
    return (*path, arrays[path] - 1)


def _names(head: str) -> tuple[str, ...]:
    """The names of a header or a dotted key, as the standard library reads them."""
    names: list[str] = []
    node: Any = tomllib.loads(head)
    while isinstance(node, dict) and node:
        ((name, node),) = node.items()
        names.append(name)
    return tuple(names)
