"""Guest lists as files: CSV of any dialect, and .xlsx. Cells come out trimmed; nothing is interpreted here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import python_calamine

from worker.adapters.decoding import decode
from worker.domain.errors import InvalidFile
from worker.domain.table import Row, Table

_DELIMITERS = ";,\t|"

#: How a workbook starts, whatever it is called: a zip (.xlsx, .ods) or an OLE file (.xls). Some ticket shops give the
#: name .xls to text.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

#: How much of a file is looked at to find its delimiter.
_SAMPLE_CHARACTERS, _SAMPLE_ROWS = 65_536, 20


def read_table(path: Path) -> Table:
    """The table in a file; InvalidFile when it cannot be read, or has no rows under its headings."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _mistake(path, None, f"cannot be read ({error.strerror})") from error
    rows = _sheet_rows(path, content) if _is_workbook(path, content) else _csv_rows(path, decode(content))
    return _table(path, list(rows))


def _is_workbook(path: Path, content: bytes) -> bool:
    return content.startswith(_WORKBOOKS) or path.suffix.lower() == ".xlsx"


def _csv_rows(path: Path, text: str) -> Iterator[Row]:
    delimiter, body, skipped = _dialect(text)
    # Strict: a quote left open would otherwise swallow the rows up to the next one, without a word.
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
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
    told = first.rstrip("\r")
    if told.lower().startswith("sep=") and len(told) == 5:
        return told[-1], rest, 1
    return max(_DELIMITERS, key=lambda delimiter: _fit(text, delimiter)), text, 0


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """How many rows are as wide as the headings, then how wide: a comma in a heading divides no other row."""
    reader = csv.reader(io.StringIO(text[:_SAMPLE_CHARACTERS], newline=""), delimiter=delimiter)
    widths = [len(cells) for cells in islice(filter(any, reader), _SAMPLE_ROWS)]
    if not widths or widths[0] < 2:
        return 0, 0
    return widths.count(widths[0]), widths[0]


def _sheet_rows(path: Path, content: bytes) -> Iterator[Row]:
    try:
        sheet = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
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
