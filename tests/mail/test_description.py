"""A mail has one name, whatever relays add to it on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from worker.mail.description import describe

MAIL = (
    b"From: =?utf-8?q?Zo=C3=A9?= <zoe@example.org>\r\nMessage-ID: <1@x>\r\nSubject: Oui\r\n\r\nJe viens.\r\n"
)


def test_the_name_is_the_same_on_every_way() -> None:
    relayed = b"Return-Path: <zoe@example.org>\r\nReceived: from a by b\r\n" + MAIL

    assert describe(relayed).name == describe(MAIL.replace(b"\r\n", b"\n")).name == describe(MAIL).name


def test_another_text_or_sender_or_id_is_another_mail() -> None:
    others = [
        MAIL.replace(b"viens", b"reste"),
        MAIL.replace(b"zoe@", b"leo@"),
        MAIL.replace(b"<1@x>", b"<2@x>"),
    ]

    assert len({describe(mail).name for mail in (MAIL, *others)}) == 4


def test_sender_and_subject_are_shown_as_their_reader_would_see_them() -> None:
    assert (describe(MAIL).sender, describe(MAIL).subject) == ("Zoé <zoe@example.org>", "Oui")


@given(st.binary(max_size=400))
def test_any_bytes_are_described(raw: bytes) -> None:
    described = describe(raw)

    assert len(described.name) == 10
    assert described.sender.isprintable()
