"""The mail that brings a person's words to the organizer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from tests.mail.answering import IDENTITY
from tests.mail.letters import ours
from tests.sample import cafe, guest
from worker.domain.facts import Facts
from worker.domain.forwarded import Forwarded
from worker.domain.inbound import Why
from worker.domain.message import MessageKey
from worker.mail.compose import LetterWriter
from worker.mail.original import read_original

AT = datetime(2026, 12, 9, 8, tzinfo=UTC)
PLAIN = b"From: Zoe <zoe@example.net>\r\nSubject: Une question\r\n\r\n--=_a\r\n# Puis-je ?\r\n"


def forwarded(raw: bytes, writer: str = "zoe@example.net", language: str = "fr") -> EmailMessage:
    words, subject = "# Puis-je ?\n<b>", "[x](https://x.example)"
    letter = Forwarded("m3kq7zt2ab", Why.WORDS, "Zoe <zoe@example.net>", subject, words, writer, raw)
    key = MessageKey("apres", "forward-7", "host")
    nadia = guest("Nadia")
    reader = replace(nadia, person=replace(nadia.person, language=language))
    composed = LetterWriter(IDENTITY, ours()).compose(key, Facts(cafe(12), reader, forwarded=letter), AT)
    mail = message_from_bytes(composed.content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_it_is_answered_to_whoever_wrote_and_says_that_a_program_sent_it() -> None:
    mail = forwarded(PLAIN)

    assert mail["Reply-To"] == "zoe@example.net"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None
    assert forwarded(PLAIN, writer="")["Reply-To"] != "zoe@example.net"


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [("fr", "répondez à ce mail", "écrivez à"), ("en", "reply to this mail", "write to")],
)
def test_its_foot_sends_nobody_to_the_writer_about_their_own_data(
    language: str, wrong: str, right: str
) -> None:
    body = forwarded(PLAIN, language=language).get_body(("plain",))
    assert body is not None
    foot = " ".join(body.get_content().split()).rpartition("CNIL")[0]

    assert wrong not in foot
    assert f"{right} {cafe(12).host.address}" in foot


def test_the_words_of_others_are_shown_as_they_are() -> None:
    body = forwarded(PLAIN).get_body(("plain",))

    assert body is not None
    assert "# Puis-je ?" in body.get_content()
    assert "<b>" in body.get_content()


def test_a_plain_mail_is_attached_as_a_mail() -> None:
    [attached] = forwarded(PLAIN).iter_attachments()

    assert attached.get_content_type() == "message/rfc822"
    assert attached.get_filename() == "original.eml"
    inner = attached.get_content()
    assert inner["Subject"] == "Une question"
    assert inner.get_content().splitlines() == ["--=_a", "# Puis-je ?"]


@pytest.mark.parametrize("raw", ["é".encode("latin-1") + PLAIN, PLAIN + b"x" * 999, PLAIN + b"\0"])
def test_any_other_is_attached_as_a_file_octet_by_octet(raw: bytes) -> None:
    [attached] = forwarded(raw).iter_attachments()

    assert attached.get_content_type() == "application/octet-stream"
    assert attached.get_content() == raw


def test_one_that_was_too_long_is_not_attached() -> None:
    assert list(forwarded(b"").iter_attachments()) == []


def test_whoever_wrote_is_read_from_any_bytes() -> None:
    reply_to = read_original(b"Reply-To: other@example.net\r\n" + PLAIN)

    assert (reply_to.writer, reply_to.words) == ("other@example.net", "--=_a\n# Puis-je ?")
    assert read_original(b"From: <>\r\n\r\nx").writer == ""
    assert read_original(b"From: a\r\n b@x\r\nBcc: y\r\n\r\n\xff").writer == ""
    assert read_original(b"\xff\0").writer == ""
