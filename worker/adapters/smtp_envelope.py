"""What of a letter may reach the wire, and in which words (RFC 5321 §3.3, §4.5.2)."""

from __future__ import annotations

import io
import re
from collections.abc import Container

from worker.domain.message import Envelope, Letter
from worker.domain.reply import Phase, Reply

#: Printable ASCII without blanks and angle brackets: nothing that could end a path or begin a command.
_PATH = re.compile(r"[!-;=?-~]+@[!-;=?-~]+\Z")
#: The same with letters of any script before the @ (RFC 6531 §3.3).
_UTF8_PATH = re.compile(r"(?:[!-;=?-~]|[^\x00-\x9f])+@[!-;=?-~]+\Z")
#: The keyword in EHLO, and of a MAIL whose letter needs it.
SMTPUTF8 = "SMTPUTF8"
_PATH_LIMIT = 254  # RFC 5321 §4.5.3.1.3: 256 octets with the angle brackets.
#: The end of a mail, after the break that ends its last line; and the command that ends a transaction early.
FINAL_DOT, RESET = b".\r\n", b"RSET\r\n"

_LONE_BREAK = re.compile(rb"\r(?!\n)|(?<!\r)\n")


def unsendable(letter: Letter, size_limit: int, extensions: Container[str] = ()) -> Reply | None:
    """Our own refusal of a letter the relay must not be shown, or None.

    `size_limit` in octets, 0 = unknown; `extensions` are those of the relay's EHLO, in capitals. It is worded as the
    relay's would be, so that it is judged alike: a recipient that cannot be written in a command bounces (553 5.1.3, or
    5.6.7 when it is not ASCII and the relay lacks SMTPUTF8: RFC 6531 §3.5), a sender like that stops the relay (553
    5.1.7), and a letter over the limit that EHLO announced bounces (552 5.3.4, RFC 1870 §6.1) without costing the line.
    """
    envelope = letter.envelope
    if envelope.mail_from and not _is_path(envelope.mail_from):
        return Reply(Phase.MAIL, 553, "5.1.7 the return path cannot be written in an SMTP command")
    if _needs_smtputf8(envelope) and SMTPUTF8 not in extensions:
        words = "5.6.7 the address has accents before the @, and the relay takes none (no SMTPUTF8)"
        return Reply(Phase.RCPT, 553, words)
    if not _is_path(envelope.rcpt_to) and not _is_utf8_path(envelope.rcpt_to):
        return Reply(Phase.RCPT, 553, "5.1.3 the recipient's address cannot be written in an SMTP command")
    if size_limit and letter.size > size_limit:
        return Reply(Phase.DATA, 552, f"5.3.4 {letter.size} octets, and the relay takes {size_limit}")
    return None


def _is_path(address: str) -> bool:
    return len(address) <= _PATH_LIMIT and _PATH.match(address) is not None


def _is_utf8_path(address: str) -> bool:
    return (
        address.isprintable()
        and len(address.encode()) <= _PATH_LIMIT
        and _UTF8_PATH.match(address) is not None
    )


def _needs_smtputf8(envelope: Envelope) -> bool:
    return not envelope.rcpt_to.isascii()


def envelope_commands(envelope: Envelope) -> tuple[bytes, bytes, bytes]:
    """MAIL, RCPT and DATA for an envelope that `unsendable` let pass; a return path of "" is the null path."""
    mail_from, rcpt_to = envelope.mail_from.encode("ascii"), envelope.rcpt_to.encode()
    words = b" SMTPUTF8" if _needs_smtputf8(envelope) else b""
    return b"MAIL FROM:<%s>%s\r\n" % (mail_from, words), b"RCPT TO:<%s>\r\n" % rcpt_to, b"DATA\r\n"


def travelling(letter: Letter) -> tuple[bytes, ...]:
    """The content as it travels, and its final dot: what is known to need nothing is not looked through."""
    return (*letter.pieces, FINAL_DOT) if letter.is_transparent else (transparent(letter.content), FINAL_DOT)


def transparent(content: bytes) -> bytes:
    """The content as it travels: CRLF at the end of every line, leading dots doubled, no final dot.

    A lone CR or LF becomes CRLF, or a relay that reads it as one could be made to see an end of mail that is none
    (SMTP smuggling, CVE-2023-51764).
    """
    if _breaks(content) not in (None, "\r\n"):
        content = _LONE_BREAK.sub(b"\r\n", content)
    if content and not content.endswith(b"\r\n"):
        content += b"\r\n"
    if content.rfind(b"\r\n.") >= 0:  # backwards because CPython's search is twice as fast that way
        content = content.replace(b"\r\n.", b"\r\n..")
    return b"." + content if content.startswith(b".") else content


def _breaks(content: bytes) -> str | tuple[str, ...] | None:
    # One look for every kind of line break, in C: an eighth of the time that counting them takes.
    seen = io.IncrementalNewlineDecoder(None, translate=False)
    seen.decode(content.decode("latin-1"), final=True)
    return seen.newlines
