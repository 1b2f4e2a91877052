"""Transactions on one open connection (RFC 5321 §3.3), and which side of the final dot it was lost on."""

from __future__ import annotations

import contextlib
import smtplib
import socket

from worker.adapters.relay_address import Patience
from worker.adapters.smtp_envelope import mail_command, rcpt_command, transparent, unsendable
from worker.adapters.smtp_replies import OutOfStep, ReplyReader
from worker.domain.message import Letter
from worker.domain.reply import Phase, Reply
from worker.ports import Gate

_BLOCK = 65536
_SUCCESS, _GO_AHEAD, _REFUSAL = range(200, 300), range(354, 355), range(400, 600)

#: After so many refusals a relay may start to stall or cut the session (Postfix: smtpd_soft_error_limit = 10).
_REFUSALS_PER_LINE = 10

#: Real seconds for what a relay may still have to say once it broke off.
_LAST_WORDS = 1.0


class Dialogue:
    """One connection, past EHLO, STARTTLS and AUTH. It hands over one letter at a time."""

    def __init__(self, connection: smtplib.SMTP, line: socket.socket, patience: Patience) -> None:
        """Take over the connection; smtplib only closes it from now on."""
        self._connection, self.line, self._patience = connection, line, patience
        self._replies = ReplyReader(line)
        self._size_limit = _announced_size(connection)
        self._open, self._must_reset = True, False
        self._letters = self._refusals = 0

    def serves(self, letters_per_line: int) -> bool:
        """Whether another letter may go this way: still open, not too many letters, not too many refusals."""
        return self._open and self._letters < letters_per_line and self._refusals < _REFUSALS_PER_LINE

    def transact(self, letter: Letter, gate: Gate) -> Reply:
        """One letter to its reply. Whatever the gate raises goes through, and the letter was not handed over."""
        if refusal := unsendable(letter, self._size_limit):
            return refusal
        self._letters += 1
        try:
            reply = (
                self._begin(letter) or self._send_body(letter) or self._pass_gate(letter, gate) or self._end()
            )
        except BaseException:
            self.drop()  # Not QUIT: within DATA that is a line of the mail.
            raise
        self._refusals += reply.code in _REFUSAL
        return reply

    def hang_up(self) -> None:
        """Say goodbye and close. Never raises: a rude answer to QUIT does not unsay a 250."""
        if self._open:
            with contextlib.suppress(OSError):
                self.line.settimeout(self._patience.quit)
                self.line.sendall(b"QUIT\r\n")
                self._replies.next(self._patience.quit)
        self.drop()

    def drop(self) -> None:
        """Close at once; a mail whose final dot was not sent is then discarded (RFC 5321 §4.1.1.4)."""
        self._open = False
        with contextlib.suppress(OSError):
            self._connection.close()

    def _begin(self, letter: Letter) -> Reply | None:
        """MAIL, RCPT and DATA; the reply that ended them early, or None when the body may follow."""
        patience, envelope = self._patience, letter.envelope
        commands = [
            (Phase.MAIL, patience.mail, mail_command(envelope), _SUCCESS),
            (Phase.RCPT, patience.rcpt, rcpt_command(envelope), _SUCCESS),
            (Phase.DATA, patience.data, b"DATA\r\n", _GO_AHEAD),
        ]
        if self._must_reset and (lost := self._reset()):
            return lost
        for phase, wait, command, welcome in commands:
            reply = self._say(phase, wait, command, welcome)
            if reply.code not in welcome:
                self._must_reset = phase is not Phase.MAIL
                return reply
        return None

    def _reset(self) -> Reply | None:
        """Forget the transaction that was refused; a relay that will not is left."""
        self._must_reset = False
        reply = self._say(Phase.MAIL, self._patience.mail, b"RSET\r\n", _SUCCESS)
        if reply.code in _SUCCESS or not self._open:
            return None if self._open else reply
        return self._lost(Phase.MAIL, OutOfStep(f"the relay answered {reply.code} to RSET"))

    def _send_body(self, letter: Letter) -> Reply | None:
        body = memoryview(transparent(letter.content))
        try:
            for start in range(0, len(body), _BLOCK):
                self.line.settimeout(self._patience.block)
                self.line.sendall(body[start : start + _BLOCK])
        except OSError as lost:
            return self._last_words(lost)
        return None

    def _pass_gate(self, letter: Letter, gate: Gate) -> Reply | None:
        if letter.key not in gate((letter,)):
            self.drop()
            return Reply(Phase.GATE, text="our own gate kept the final dot back")
        if self._replies.has_news():
            return self._last_words(ConnectionError("the relay broke off before the final dot"))
        return None

    def _end(self) -> Reply:
        return self._say(Phase.DOT, self._patience.dot, b".\r\n", _SUCCESS)

    def _say(self, phase: Phase, wait: float, words: bytes, welcome: range) -> Reply:
        """Send one command and give its reply; code 0, and a closed line, when none came that fits."""
        try:
            self.line.settimeout(wait)
            self.line.sendall(words)
        except OSError as lost:
            # The system refused the command's last octet, so the relay cannot have the whole final dot either.
            return self._lost(Phase.DATA if phase is Phase.DOT else phase, lost)
        try:
            code, text = self._replies.next(wait)
            if code not in welcome and code not in _REFUSAL:
                raise OutOfStep(f"the relay answered {code} to {phase}")
        except OSError as lost:
            return self._lost(phase, lost)
        if code == 421:
            self.drop()
        return Reply(phase, code, text)

    def _last_words(self, lost: OSError) -> Reply:
        # A relay that breaks off in the body often says why first (552 too big, 421 shutting down).
        try:
            code, text = self._replies.next(_LAST_WORDS)
        except OSError:
            code, text = 0, ""
        if code in _REFUSAL:
            self.drop()
            return Reply(Phase.DATA, code, text)
        return self._lost(Phase.DATA, lost)

    def _lost(self, phase: Phase, lost: OSError) -> Reply:
        self.drop()
        return Reply(phase, text=str(lost) or type(lost).__name__)


def _announced_size(connection: smtplib.SMTP) -> int:
    announced = connection.esmtp_features.get("size", "")
    return int(announced) if announced.isdecimal() else 0
