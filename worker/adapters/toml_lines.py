"""Read a TOML file and remember where each key stands, so that a mistake can be named with its line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from worker.domain.errors import InvalidFile

#: From the top of a file to a value: keys, and numbers for places in an array of tables.
KeyPath = tuple[str | int, ...]

_TABLE = re.compile(r"\s*(\[{1,2})\s*([^\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-.\"' ]+?)\s*=")
_SYNTAX = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


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
        """The error that names this place."""
        key = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        return InvalidFile(file=self.file, line=self.of(*path), key=key, value=value, remedy=remedy)


def load(path: Path) -> tuple[dict[str, Any], LineFinder]:
    """The values of a TOML file and where they stand; InvalidFile when it cannot be read as TOML in UTF-8."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text), LineFinder(path.name, lines_of(text))
    except OSError as error:
        raise InvalidFile(file=str(path), line=None, key="file", value=None, remedy=f"{error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InvalidFile(file=path.name, line=None, key="file", value=None, remedy="save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path, str(error)) from error


def _syntax_error(path: Path, message: str) -> InvalidFile:
    found = _SYNTAX.search(message)
    line = int(found.group(1)) if found and found.group(1) else None
    written = path.read_text(encoding="utf-8-sig").splitlines()
    value = written[line - 1].strip() if line and line <= len(written) else None
    remedy = f"{_SYNTAX.sub('', message)}: texts stand in quotes, lists in [ ]"
    return InvalidFile(file=path.name, line=line, key="syntax", value=value, remedy=remedy)


def lines_of(text: str) -> dict[KeyPath, int]:
    """The line of each key and table. Keys of inline tables count as the line of the table."""
    lines: dict[KeyPath, int] = {}
    table: KeyPath = ()
    arrays: Counter[KeyPath] = Counter()
    quote = ""
    for number, line in enumerate(text.splitlines(), start=1):
        inside, quote = bool(quote), _still_open(line, quote)
        if inside:
            continue
        header, key = _TABLE.match(line), _KEY.match(line)
        if header:
            table = _table_path(header, arrays)
            lines[table] = number
        elif key:
            lines[(*table, *_parts(key.group(1)))] = number
    return lines


def _table_path(header: re.Match[str], arrays: Counter[KeyPath]) -> KeyPath:
    path: KeyPath = ()
    names = _parts(header.group(2))
    for name in names[:-1]:
        path = (*path, name)
        if path in arrays:
            path = (*path, arrays[path] - 1)
    path = (*path, names[-1])
    if header.group(1) == "[":
        return path
    arrays[path] += 1
    return (*path, arrays[path] - 1)


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _still_open(line: str, quote: str) -> str:
    """The kind of triple quote open at the end of this line."""
    for mark in re.findall(r'"""|\'\'\'', line):
        quote = "" if quote == mark else (quote or mark)
    return quote
