"""How much of a writing may have left when the line breaks, octet by octet, and what that makes of a letter."""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from collections import deque

import pytest

from tests.submission import ANA, BEN, HASTE
from worker.adapters.smtp_abreast import side_by_side
from worker.adapters.smtp_dialogue import Dialogue
from worker.adapters.smtp_writing import Pen
from worker.domain.message import Letter
from worker.domain.reply import Phase, Reply, Verdict

BODY = len(ANA.content + b".\r\n")
BEHIND = len(b"MAIL FROM:<b@example.com>\r\nRCPT TO:<ben@example.org>\r\nDATA\r\n")
ENVELOPE = BEHIND


class Brittle(socket.socket):
    """A line that takes so many octets, has these replies to give, and breaks."""

    takes = 0
    replies: tuple[bytes, ...] = ()

    def send(self, words: object, _flags: int = 0) -> int:
        """What still fits; a reset when nothing does."""
        assert isinstance(words, memoryview)
        if not self.takes:
            raise ConnectionResetError("broken")
        taken = min(self.takes, len(words))
        self.takes -= taken
        return taken

    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:  # noqa: ARG002 (the socket's own names)
        """The next packet, or the end."""
        reply, *rest = self.replies or (b"",)
        self.replies = tuple(rest)
        return reply


class BrittleTls(Brittle, ssl.SSLSocket):
    """The same over TLS, where a refused block may have left in part."""

    def __init__(self) -> None:
        """No handshake: nothing is said on it but by `send`."""
        socket.socket.__init__(self)


def brittle(takes: int, *replies: bytes) -> Brittle:
    line = Brittle()
    line.takes, line.replies = takes, replies
    return line


def handed(dialogue: Dialogue, *letters: Letter) -> list[tuple[Letter, Reply]]:
    until = time.monotonic() + 60
    return list(side_by_side([dialogue.transact(deque(letters), until, until)]))


@pytest.mark.parametrize("taken", range(BODY + BEHIND))
def test_a_letter_is_in_doubt_from_the_last_octet_of_its_dot_on(taken: int) -> None:
    with brittle(ENVELOPE + taken, b"250 ok\r\n250 ok\r\n", b"354 go\r\n") as line:
        connection = smtplib.SMTP()
        connection.esmtp_features["pipelining"] = ""
        dialogue = Dialogue(connection, line, HASTE)
        [(_, reply)] = handed(dialogue, ANA, BEN)

    lost = (Phase.DATA, Verdict.RELAY_DOWN) if taken < BODY else (Phase.DOT, Verdict.UNKNOWN)
    assert (reply.phase, reply.verdict) == lost


def test_a_relay_that_took_the_letter_and_broke_off_behind_it_is_believed() -> None:
    with brittle(ENVELOPE + BODY, b"250 ok\r\n250 ok\r\n354 go\r\n", b"250 2.0.0 queued\r\n") as line:
        connection = smtplib.SMTP()
        connection.esmtp_features["pipelining"] = ""
        [(_, reply)] = handed(Dialogue(connection, line, HASTE), ANA, BEN)

    assert reply.verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(("kind", "gone"), [(Brittle, 0), (BrittleTls, 10)])
def test_a_block_that_was_refused_may_have_left_over_tls_only(kind: type[Brittle], gone: int) -> None:
    with kind() as line:
        pen = Pen(line)
        with pytest.raises(ConnectionResetError):
            pen.write(b"0123456789", 1)

    assert pen.gone == gone


def test_nothing_is_begun_after_its_time() -> None:
    with brittle(100) as line, pytest.raises(TimeoutError):
        Pen(line).write(b"0123456789", 1, time.monotonic() - 1)

    assert line.takes == 100
