"""MIME by hand, read back by an independent parser."""

from __future__ import annotations

import email

from hypothesis import given
from hypothesis import strategies as st

from worker.mail.mime import Part, calendar_parts, is_transparent, multipart, text_part

#: What `str.splitlines` takes for a line end besides LF; our own text parts never carry it.
LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\r"
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=LINE_ENDS), max_size=600)


@given(TEXT)
def test_any_text_comes_back_in_short_crlf_lines(text: str) -> None:
    raw = bytes(text_part("plain", text))

    body = email.message_from_bytes(raw).get_payload(decode=True)

    assert isinstance(body, bytes)
    assert body.decode().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
    assert all(len(line) <= 76 for line in raw.split(b"\r\n")[3:])
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")


def test_half_a_character_does_not_stop_a_mail() -> None:
    body = email.message_from_bytes(bytes(text_part("plain", "a \ud800 b"))).get_payload(decode=True)

    assert body == b"a ? b\r\n"


def test_mostly_foreign_text_is_base64_and_french_is_quoted() -> None:
    assert b"base64" in text_part("plain", "こんにちは" * 20).head
    assert (
        b"quoted-printable"
        in text_part("plain", "Le Café des Victoires vous remercie de votre présence.").head
    )


def test_a_boundary_stands_in_none_of_its_parts() -> None:
    trap = multipart("alternative", [text_part("plain", "x")], "seed")
    boundary = bytes(trap).split(b'boundary="')[1].split(b'"')[0]

    again = multipart(
        "alternative", [Part(b"Content-Type: text/plain\r\n", (b"--" + boundary + b"\r\n",))], "seed"
    )

    assert bytes(again).count(boundary) == 1


def test_the_calendar_says_its_method_and_the_file_has_the_same_bytes() -> None:
    ics = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    whole = multipart("mixed", calendar_parts(ics, "REQUEST"), "k")

    _, inline, attached = email.message_from_bytes(bytes(whole)).walk()

    assert (inline.get_param("method"), inline.get_param("charset")) == ("REQUEST", "UTF-8")
    assert inline["Content-Disposition"] is None
    assert attached.get_filename() == "invite.ics"
    assert inline.get_payload(decode=True) == attached.get_payload(decode=True) == ics


@given(st.text(st.sampled_from(". \naé="), max_size=600))
def test_no_quoted_line_begins_with_a_dot(text: str) -> None:
    part = text_part("plain", text)
    raw = bytes(part)

    assert part.transparent
    assert is_transparent(raw)
    assert all(len(line) <= 76 for line in raw.split(b"\r\n"))
    body = email.message_from_bytes(raw).get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
