"""Quoted-printable in two steps is what `mime` writes in one, wherever rows break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.mail.mime import quoted_lines, text_part
from worker.mail.quoted_rows import broken, quoted_words, unbroken
from worker.mail.slots import visible

#: What fills a row but for some columns, and what must not be parted, begin a row or end a line.
PIECES = st.sampled_from(
    ("a" * 72, "a" * 73, "a" * 74, "a" * 75, "a", ".", "..", "=", "é", "日", "x", " ", "\t")
)
LINES = st.lists(PIECES, max_size=30).map("".join)


@given(LINES | st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=300))
def test_a_line_in_two_steps_is_the_line_in_one(line: str) -> None:
    octets = line.encode()

    rows = broken(unbroken(octets))

    assert rows == quoted_lines(octets).replace(b"\n", b"\r\n")
    assert all(len(row) <= 76 and not row.startswith(b".") for row in rows.split(b"\r\n"))


@given(st.lists((LINES | st.text(max_size=40)).map(visible).filter(bool), max_size=9))
def test_a_word_is_written_as_within_a_line(words: list[str]) -> None:
    assert quoted_words(words) == [unbroken(f"a{word}z".encode())[1:-1] for word in words]


@pytest.mark.parametrize("blank", [" ", "\t"])
@pytest.mark.parametrize("taken", range(70, 78))
def test_a_blank_that_ends_a_full_row_makes_none_too_long(blank: str, taken: int) -> None:
    lines = bytes(text_part("plain", f"{'a' * taken}{blank}\nb")).split(b"\r\n")

    assert max(map(len, lines)) <= 76
    assert b"".join(lines[3:]).replace(b"=20", b" ").replace(b"=09", b"\t").replace(b"=", b"") == (
        f"{'a' * taken}{blank}b".encode()
    )
