"""A guest list as it was brought in: headings, and rows with the numbers that a person sees in the file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` counts as a spreadsheet does, the headings being row 1 (or wherever they stand)."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows under their headings; every row has as many cells as there are headings."""

    file: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    heading_row: int = 1
