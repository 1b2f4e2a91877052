"""Guest lists as files: CSV of any dialect, and .xlsx. Cells come out trimmed; nothing is interpreted here."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import python_calamine

from worker.adapters.decoding import decode
from worker.domain.errors import InvalidFile
from worker.domain.table import Row, Table

_DELIMITERS = ";,\t|"
_SHEETS = {".xlsx", ".xlsm", ".xls", ".ods"}

#: A cell longer than this is no cell: a quote was left open and swallowed the rest of the file.
_LONGEST_CELL = 32_768


def read_table(path: Path) -> Table:
    """The table in a file; InvalidFile when it cannot be read, or has no rows under its headings."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _mistake(path, None, f"cannot be read ({error.strerror})") from error
    rows = _sheet_rows(path) if path.suffix.lower() in _SHEETS else _csv_rows(path, decode(content))
    return _table(path, list(rows))


def _csv_rows(path: Path, text: str) -> Iterator[Row]:
    delimiter, body, skipped = _dialect(text)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
    start = 1 + skipped
    try:
        for cells in reader:
            yield Row(start, tuple(_trimmed(cell) for cell in cells))
            start = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise _mistake(
            path, start, f"cannot be read as CSV ({error}): look for a quote without its pair"
        ) from error


def _dialect(text: str) -> tuple[str, str, int]:
    """Delimiter, the text below Excel's `sep=;` line, and how many lines that was."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[-1], rest, 1
    return _most_used(text), text, 0


def _most_used(text: str) -> str:
    """The delimiter that occurs most in the first line with any, outside quotes."""
    for line in text.splitlines():
        outside = "".join(line.split('"')[::2])
        counted = Counter(character for character in outside if character in _DELIMITERS)
        if counted:
            return counted.most_common(1)[0][0]
    return ","


def _sheet_rows(path: Path) -> Iterator[Row]:
    try:
        sheet = python_calamine.load_workbook(str(path)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except Exception as error:
        raise _mistake(
            path, None, f"cannot be read as a spreadsheet ({error}): save it as .xlsx or .csv"
        ) from error
    for number, cells in enumerate(rows, start=1):
        yield Row(number, tuple(_trimmed(_shown(cell)) for cell in cells))


def _shown(cell: Any) -> str:
    # Numbers come as floats: 33612345678.0 is a phone number, not a measure.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


def _trimmed(cell: str) -> str:
    return cell.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200b", "").strip()


def _table(path: Path, rows: list[Row]) -> Table:
    filled = [row for row in rows if any(row.cells)]
    if len(filled) < 2:
        raise _mistake(path, None, "has no rows under its headings: export the list again")
    headings, *body = filled
    width = len(headings.cells)
    return Table(path.name, headings.cells, tuple(_fitted(body, width)), headings.number)


def _fitted(rows: Iterable[Row], width: int) -> Iterator[Row]:
    for row in rows:
        cells = (*row.cells, *([""] * width))[:width]
        yield Row(row.number, cells)


def _mistake(path: Path, line: int | None, remedy: str) -> InvalidFile:
    return InvalidFile(file=path.name, line=line, key="guest list", value=None, remedy=remedy)
