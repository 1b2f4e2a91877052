"""The local inbox over real SMTP: what it promises is on disk, and it misbehaves exactly as told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import mailbox
import smtplib
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.local_inbox import LocalInbox
from tests.sample_mails import invitation, plain_mail
from worker.adapters.inbox_behaviour import Script
from worker.domain.errors import Refused
from worker.web.serve import Doors

SCRIPT = Script(
    greylisted={"gil@example.org": 2}, refused=frozenset({"Rex@example.org"}), slow=timedelta(milliseconds=50)
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalInbox]:
    with LocalInbox(tmp_path_factory.mktemp("data"), SCRIPT) as inbox:
        yield inbox


@pytest.fixture
def inbox(served: LocalInbox) -> LocalInbox:
    served.empty()
    return served


def replies(inbox: LocalInbox, rcpt_to: str) -> tuple[int, bytes]:
    with inbox.line() as line:
        line.ehlo()
        line.mail("bounces@example.org")
        return line.rcpt(rcpt_to)


def test_an_accepted_mail_is_in_the_maildir_byte_for_byte_after_its_envelope(inbox: LocalInbox) -> None:
    raw = b"Subject: dots\r\n\r\n.\r\n..two\r\nl\xc3\xa9ger\r\n"

    inbox.hand_over(raw, "ana@example.org")

    (name,) = inbox.maildir.names()
    kept = inbox.maildir.read(name) or b""
    assert kept.startswith(
        b"Return-Path: <bounces@example.org>\r\nDelivered-To: ana@example.org\r\nReceived: by "
    )
    assert kept.endswith(b"\r\n" + raw)


def test_every_recipient_gets_a_copy_of_their_own(inbox: LocalInbox) -> None:
    inbox.hand_over(plain_mail(), "ana@example.org", "zoe@example.org")

    mails = inbox.mails.everything()

    assert sorted(mail.delivered_to for mail in mails) == ["ana@example.org", "zoe@example.org"]
    assert {mail.message_id for mail in mails} == {"<cafe-1.thank-you.k7f3@example.org>"}


def test_any_mail_reader_can_read_the_folder(inbox: LocalInbox) -> None:
    inbox.hand_over(invitation(), "zoe@example.org")

    (message,) = mailbox.Maildir(inbox.maildir.folder, create=False)

    assert message["To"] == "=?utf-8?q?Zo=C3=A9?= Lambert <zoe@example.org>"
    assert message["Delivered-To"] == "zoe@example.org"


def test_a_mail_that_a_reader_has_seen_is_still_found_under_its_name(inbox: LocalInbox) -> None:
    inbox.hand_over(plain_mail())
    (name,) = inbox.maildir.names()

    (inbox.maildir.folder / "new" / name).rename(inbox.maildir.folder / "cur" / f"{name}:2,S")

    assert inbox.maildir.names() == [name]
    assert inbox.mails.one(name) is not None


def test_the_newest_mail_comes_first(inbox: LocalInbox) -> None:
    for number in range(12):
        inbox.hand_over(plain_mail(subject=f"n{number}"))

    subjects = [mail.subject for mail in inbox.mails.everything()]

    assert subjects == [f"n{number}" for number in reversed(range(12))]


def test_a_greylisted_address_is_put_off_as_often_as_scripted_and_then_welcome(inbox: LocalInbox) -> None:
    said = [replies(inbox, "gil@example.org") for _ in range(3)]

    assert [code for code, _ in said] == [450, 450, 250]
    assert said[0][1].startswith(b"4.7.1 ")


@pytest.mark.parametrize(
    ("rcpt_to", "code", "enhanced"),
    [
        ("rex@example.org", 550, b"5.1.1 "),
        ("ana+550@example.org", 550, b"5.1.1 "),
        ("ana+451@example.org", 451, b"4.3.0 "),
        ("ana+452@example.org", 250, b"2.1.5 "),
    ],
)
def test_a_refusal_follows_the_script_or_the_tag(
    inbox: LocalInbox, rcpt_to: str, code: int, enhanced: bytes
) -> None:
    said, words = replies(inbox, rcpt_to)

    assert said == code
    assert words.startswith(enhanced)


def test_a_slow_address_is_kept_and_answered_in_the_end(inbox: LocalInbox) -> None:
    inbox.hand_over(plain_mail(), "ana+slow@example.org")

    assert [mail.delivered_to for mail in inbox.mails.everything()] == ["ana+slow@example.org"]


def test_a_dropped_line_leaves_the_mail_kept_and_the_sender_in_doubt(inbox: LocalInbox) -> None:
    with pytest.raises(smtplib.SMTPServerDisconnected):
        inbox.hand_over(plain_mail(), "ana+drop@example.org")

    assert [mail.delivered_to for mail in inbox.mails.everything()] == ["ana+drop@example.org"]


def test_pipelined_transactions_are_answered_in_order(inbox: LocalInbox) -> None:
    envelope = "MAIL FROM:<b@example.org>\r\nRCPT TO:<{}@example.org>\r\nDATA\r\n"
    with socket.create_connection((inbox.doors.host, inbox.doors.smtp_port), timeout=10) as line:
        answers = line.makefile("rb")
        line.sendall(b"EHLO test\r\n" + envelope.format("ana").encode())
        heard = list(iter_replies(answers, 5))
        line.sendall(b"Subject: 1\r\n\r\n.\r\n" + envelope.format("zoe").encode())
        heard += iter_replies(answers, 4)
        line.sendall(b"Subject: 2\r\n\r\n.\r\nQUIT\r\n")
        heard += iter_replies(answers, 2)

    assert heard == ["220", "250", "250", "250", "354", "250", "250", "250", "354", "250", "221"]
    assert [mail.subject for mail in inbox.mails.everything()] == ["2", "1"]


def iter_replies(answers: Iterator[bytes], count: int) -> Iterator[str]:
    """The codes of the next replies, a multi-line one counted once."""
    while count:
        reply = next(answers)
        if reply[3:4] == b" ":
            count -= 1
            yield reply[:3].decode()


def test_a_mail_cut_off_before_its_final_dot_never_was(inbox: LocalInbox) -> None:
    with inbox.line() as line:
        line.ehlo()
        line.mail("bounces@example.org")
        line.rcpt("ana@example.org")
        line.putcmd("data")
        line.getreply()
        line.send(b"Subject: half\r\n\r\nhal")
        line.close()
        with contextlib.suppress(smtplib.SMTPServerDisconnected):
            line.quit()

    inbox.hand_over(plain_mail(subject="whole"))

    assert [mail.subject for mail in inbox.mails.everything()] == ["whole"]


def test_a_full_disk_is_a_temporary_refusal(inbox: LocalInbox) -> None:
    drafts = inbox.maildir.folder / "tmp"
    drafts.rmdir()

    with pytest.raises(smtplib.SMTPDataError) as refused:
        inbox.hand_over(plain_mail())

    assert refused.value.smtp_code == 452
    assert inbox.maildir.names() == []


def test_several_senders_at_once_lose_nothing(inbox: LocalInbox) -> None:
    def send(sender: int) -> None:
        with inbox.line() as line:
            for number in range(25):
                line.sendmail("b@example.org", [f"p{sender}-{number}@example.org"], plain_mail().as_bytes())

    senders = [threading.Thread(target=send, args=(number,)) for number in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert len({mail.delivered_to for mail in inbox.mails.everything()}) == 100


def test_the_note_tells_other_processes_where_the_inbox_is_while_it_serves(tmp_path: Path) -> None:
    with LocalInbox(tmp_path) as inbox:
        note = json.loads(inbox.note.read_text(encoding="utf-8"))

    assert (note["smtp_port"], note["http_port"], note["url"]) == (
        inbox.doors.smtp_port,
        inbox.doors.http_port,
        inbox.doors.url,
    )
    assert not inbox.note.exists()


@pytest.mark.parametrize("which", ["smtp_port", "http_port"])
def test_a_taken_port_is_one_sentence_with_the_remedy(inbox: LocalInbox, tmp_path: Path, which: str) -> None:
    late = LocalInbox(tmp_path)
    late.wanted = replace(late.wanted, **{which: getattr(inbox.doors, which)})

    setting = f"APRES_INBOX_{which.upper()}"
    with pytest.raises(Refused, match=rf"port \d+ of 127\.0\.0\.1 cannot be used .*{setting}"):
        asyncio.run(late.serve())

    assert not late.note.exists()


def test_an_inbox_open_to_all_is_still_looked_at_on_this_machine() -> None:
    assert Doors("0.0.0.0", 25, 8025).url == "http://127.0.0.1:8025/"  # noqa: S104 - nothing is bound
