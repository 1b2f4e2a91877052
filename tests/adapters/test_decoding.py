"""Bytes to text by a fixed ladder: a mark, else UTF-8, else Mac Roman or cp1252; never a guess."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.adapters.decoding import decode, encoding_of

FRENCH = "Nom;Prénom;E-mail\r\nLefèvre;Zoé;zoe@example.org\r\nNuñez;Inès;ines@example.org\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16", "utf-32"])
def test_every_encoding_that_spreadsheets_write_is_read_right(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize(
    ("mark", "encoding"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
)
def test_a_mark_says_which_half_comes_first(mark: bytes, encoding: str) -> None:
    assert decode(mark + FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize(
    "text", ["Café Crème", "Théo Lefèvre", "Œuvre d’été", "Zoé;10 €;20 €;30€", "ÉLÉONORE"]
)
def test_excel_in_france_is_read_as_it_writes(text: str) -> None:
    assert (encoding_of(text.encode("cp1252")), decode(text.encode("cp1252"))) == ("cp1252", text)


def test_a_letter_that_cp1252_does_not_have_tells_a_mac() -> None:
    text = "François, l’œuvre d’hôte «à l’œil»"

    assert decode(text.encode("mac_roman")) == text


def test_octets_that_break_the_promise_of_a_mark_are_shown_and_never_fail() -> None:
    assert decode(codecs.BOM_UTF8 + b"Zo\xe9") == "Zo\ufffd"


@given(st.text(min_size=1, max_size=200))
def test_utf_8_is_always_recognised(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == text
    assert encoding_of(text.encode()) == ("utf-8-sig" if text.startswith("\ufeff") else "utf-8")


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(content: bytes) -> None:
    assert isinstance(decode(content), str)
