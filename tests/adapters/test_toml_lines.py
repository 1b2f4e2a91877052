"""Every key of a TOML file is found on its line, whatever strings, lists and comments stand between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.adapters.toml_lines import KeyPath, lines_of, load
from worker.domain.errors import InvalidFile

CHECKOUT = Path(__file__).parents[2]

TRICKY = '''\
days = [            # ["not", "a", "table"]
  ["x"],
  ["key = 1"]
]
text = """
[table]
key = "a" # """
literal = \'\'\'
it's [open\'\'\'
quoted."a.b" = 'c = "d"'
separator = "a\u2028b"
# it's a "comment [
window = { opens = "08:00", closes = "}" }

[[ steps ]] # the first
name = "one"

  [steps.limits]
  most = 3

[[steps]]
name = "two"

["odd # ] name"]
key = 1
'''


WHERE: dict[KeyPath, int] = {
    ("days",): 1,
    ("text",): 5,
    ("literal",): 8,
    ("quoted",): 10,
    ("quoted", "a.b"): 10,
    ("separator",): 11,
    ("window",): 13,
    ("steps",): 15,
    ("steps", 0): 15,
    ("steps", 0, "name"): 16,
    ("steps", 0, "limits"): 18,
    ("steps", 0, "limits", "most"): 19,
    ("steps", 1): 21,
    ("steps", 1, "name"): 22,
    ("odd # ] name",): 24,
    ("odd # ] name", "key"): 25,
}


def test_every_key_is_found_on_its_line_and_nothing_else_is_taken_for_a_key() -> None:
    assert lines_of(TRICKY) == WHERE


def test_what_is_missing_is_looked_for_in_the_table_around(tmp_path: Path) -> None:
    _, lines = load(written(tmp_path, TRICKY))

    assert lines.of("steps", 1, "purpose") == 21
    assert lines.of("window", "opens") == 13
    assert lines.of("nothing") is None


@pytest.mark.parametrize("name", ["pyproject.toml", "schedules/cafe.toml"])
def test_every_key_of_a_real_file_is_found_where_its_name_stands(name: str) -> None:
    path = CHECKOUT / name
    values, lines = load(path)
    text = path.read_text(encoding="utf-8").split("\n")

    for key in _keys(values, ()):
        assert str(key[-1]) in text[(lines.of(*key) or 0) - 1], key


def _keys(values: dict[str, Any], around: KeyPath) -> Iterator[KeyPath]:
    for name, value in values.items():
        path = (*around, name)
        yield path
        if isinstance(value, dict):
            yield from _keys(value, path)


VALUES = st.sampled_from(
    ["1", '"#"', "'\"'", "[\n1,\n2]", '"""\na = 1\n"""', "'''\n[b]\n'''", "{ a = '[' }", '"""""x"""""']
)
NOISE = st.sampled_from(["", "\n", "# [c]\n", '# it\'s """\n'])


@given(st.lists(st.tuples(NOISE, VALUES, st.sampled_from(["", "  # '''", "\t"])), max_size=8))
def test_keys_are_counted_right_between_any_values(statements: list[tuple[str, str, str]]) -> None:
    text, expected = "", {}
    for number, (noise, value, comment) in enumerate(statements):
        text += noise
        expected[(f"k{number}",)] = text.count("\n") + 1
        text += f"k{number} = {value}{comment}\n"

    assert lines_of(text) == expected
    assert lines_of(text.replace("\n", "\r\n")) == expected


def test_a_file_that_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"cafe\.toml, line 2: syntax = 'when = end': .*quotes") as refused:
        load(written(tmp_path, "name = 'one'\nwhen = end\n"))

    assert refused.value.line == 2


def test_a_file_that_stops_too_early_is_named_with_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="line 2"):
        load(written(tmp_path, "name = 'one'\ndays = [\n\n"))


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "cafe.toml"
    path.write_bytes('a = 1\nname = "Café"\n'.encode("cp1252"))

    with pytest.raises(InvalidFile, match="line 2: file: save it as UTF-8"):
        load(path)


def test_a_byte_order_mark_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cafe.toml"
    path.write_bytes("a = 1\nb = 2\n".encode("utf-8-sig"))

    values, lines = load(path)

    assert (values, lines.of("b")) == ({"a": 1, "b": 2}, 2)


def test_a_file_that_is_not_there_is_named_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"cafe\.toml: file: cannot be read .*check the path"):
        load(tmp_path / "cafe.toml")


def written(folder: Path, text: str) -> Path:
    path = folder / "cafe.toml"
    path.write_text(text, encoding="utf-8")
    return path
