"""Guest lists as spreadsheets and ticket shops write them: any delimiter, quoted or not, .xlsx."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from worker.adapters.guest_tables import read_table
from worker.domain.errors import InvalidFile

FRENCH = "Nom;Prénom;E-mail\r\nLefèvre;Zoé;zoe@example.org\r\nNuñez;Inès;ines@example.org\r\n"


def listed(folder: Path, content: str | bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_delimiter_gives_the_same_table(tmp_path: Path, delimiter: str) -> None:
    table = read_table(listed(tmp_path, FRENCH.replace(";", delimiter)))

    assert table.headings == ("Nom", "Prénom", "E-mail")
    assert [row.cells[1] for row in table.rows] == ["Zoé", "Inès"]


def test_rows_are_numbered_as_the_person_sees_them(tmp_path: Path) -> None:
    content = 'sep=;\r\n\r\nNom;Question\r\nA;"deux\r\nlignes"\r\n\r\nB;\r\n'

    table = read_table(listed(tmp_path, content))

    assert table.heading_row == 3
    assert [(row.number, row.cells[0]) for row in table.rows] == [(4, "A"), (7, "B")]


def test_short_and_long_rows_are_fitted_to_the_headings(tmp_path: Path) -> None:
    table = read_table(listed(tmp_path, "a;b\n1\n1;2;3\n"))

    assert [row.cells for row in table.rows] == [("1", ""), ("1", "2")]


def test_a_comma_inside_quotes_is_no_delimiter(tmp_path: Path) -> None:
    table = read_table(
        listed(tmp_path, '"Quels sujets, et pourquoi, et comment ?";E-mail\nx;y@example.org\n')
    )

    assert len(table.headings) == 2


def test_a_comma_in_a_heading_without_quotes_is_no_delimiter_either(tmp_path: Path) -> None:
    content = "Quels sujets, et pourquoi, et comment ?;E-mail\nx;y@example.org\nz;w@example.org\n"

    assert len(read_table(listed(tmp_path, content)).headings) == 2


def test_the_line_by_which_excel_names_its_delimiter_may_name_a_tab(tmp_path: Path) -> None:
    table = read_table(listed(tmp_path, "sep=\t\r\nNom\tE-mail\r\nA\ta@example.org\r\n"))

    assert (table.heading_row, table.headings) == (2, ("Nom", "E-mail"))


@pytest.mark.parametrize("end", ["", '"C";c@example.org\n'])
def test_a_quote_left_open_never_swallows_somebody(tmp_path: Path, end: str) -> None:
    content = 'Nom;E-mail\n"A;a@example.org\nB;b@example.org\n' + end

    with pytest.raises(InvalidFile, match=r"list\.csv, line 2: .*quote without its pair"):
        read_table(listed(tmp_path, content))


def test_a_table_without_a_name_for_its_first_column_is_read(tmp_path: Path) -> None:
    table = read_table(listed(tmp_path, "\ufeff;Nom;Email\r\n1;A;a@example.org\r\n"))

    assert table.headings == ("", "Nom", "Email")


def test_a_workbook_is_known_by_its_content_whatever_it_is_called(tmp_path: Path) -> None:
    book = Workbook()
    for cells in (["Nom", "E-mail"], ["Zoé", "zoe@example.org"]):
        book.worksheets[0].append(cells)
    book.save(tmp_path / "list.csv")

    assert read_table(tmp_path / "list.csv").headings == ("Nom", "E-mail")
    assert read_table(listed(tmp_path, "Nom\tE-mail\nA\ta@x\n", "list.xls")).headings == ("Nom", "E-mail")


def test_a_workbook_gives_whole_numbers_and_dates_as_text(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nom", "Téléphone", "Présent", "Le"])
    sheet.append(["Zoé", 33612345678, True, datetime(2026, 12, 8, 8, 30)])  # noqa: DTZ001 - cells have no zone
    book.save(tmp_path / "list.xlsx")

    [row] = read_table(tmp_path / "list.xlsx").rows

    assert row.cells == ("Zoé", "33612345678", "oui", "2026-12-08T08:30:00")


@pytest.mark.parametrize(
    ("content", "named"),
    [("", "no rows"), ("Nom;E-mail\n", "no rows"), ("a;b\n" + '"' + "x" * 40_000, "quote")],
)
def test_what_is_no_list_is_refused_with_its_name(tmp_path: Path, content: str, named: str) -> None:
    with pytest.raises(InvalidFile, match=rf"list\.csv.*{named}"):
        read_table(listed(tmp_path, content))


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"list\.xlsx.*save it as"):
        read_table(listed(tmp_path, b"not a workbook", "list.xlsx"))
