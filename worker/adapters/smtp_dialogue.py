"""Transactions on one open connection (RFC 5321 §3.3), pipelined where the relay offers it (RFC 2920).

Pipelined, one writing holds the body of a letter, its final dot, and MAIL, RCPT and DATA of the next; then all the
replies to it are heard before anything else is written. So one letter at most is between its dot and its reply.
"""

from __future__ import annotations

import contextlib
import smtplib
import socket
import sys
import time
from collections import deque
from collections.abc import Generator
from functools import lru_cache

from worker.adapters.relay_address import Patience
from worker.adapters.smtp_envelope import FINAL_DOT, RESET, envelope_commands, travelling
from worker.adapters.smtp_replies import OutOfStep, ReplyReader, unanswered
from worker.adapters.smtp_steps import CLOSING, GO_AHEAD, REFUSAL, SUCCESS, Step, Steps
from worker.adapters.smtp_writing import Pen
from worker.domain.message import Letter
from worker.domain.reply import ABOUT_ONE_LETTER, Phase, Reply

#: After so many refusals a relay may start to stall or cut the session (Postfix: smtpd_soft_error_limit = 10).
_REFUSALS_PER_LINE = 10

#: Real seconds for what a relay may still have to say once it broke off.
_LAST_WORDS = 1.0

#: Letters with their replies; None while the relay has one in hand, for whoever has something to do meanwhile.
Talk = Generator[tuple[Letter, Reply] | None]


class Dialogue:
    """One connection, past EHLO, STARTTLS and AUTH. It hands over letters that have passed their gate."""

    def __init__(
        self, connection: smtplib.SMTP, line: socket.socket, patience: Patience, lasts: int = sys.maxsize
    ) -> None:
        """Take over the connection for `lasts` letters; smtplib only closes it from now on.

        `size_limit` in octets, 0 = unknown; `extensions` are those of the last EHLO, in capitals.
        """
        self._connection, self.line, self._patience = connection, line, patience
        self._replies, self._pen = ReplyReader(line, patience.respite), Pen(line, patience.respite)
        self._steps = Steps.within(patience)
        self._pipelines = connection.has_extn("pipelining")
        self.size_limit = _announced_size(connection)
        self.extensions = frozenset(name.upper() for name in connection.esmtp_features)
        self.room, self._refusals = lasts, 0
        self._open, self._must_reset = True, False
        self._ahead: Letter | None = None  # its envelope left behind the dot of the one before
        self._step = self._steps.reset

    @property
    def serves(self) -> bool:
        """Whether another letter may go this way: open, not worn out, and not too many refusals."""
        return self._open and self.room > 0 and self._refusals < _REFUSALS_PER_LINE

    def transact(self, letters: deque[Letter], begin_by: float, until: float) -> Talk:
        """Hand over letters, each taken from the left; one reply for each begun.

        After `begin_by` (monotonic) none but the first is begun, after `until` no final dot leaves. Ends early when
        the line is lost or worn out, or when a reply is not about its letter alone. What is left in `letters` was not
        begun; the dot of a letter without a reply did not leave.
        """
        try:
            while letters or self._ahead:
                letter = self._ahead or letters.popleft()
                reply = self._give(letter, letters, begin_by, until)
                if reply is None:
                    yield None
                    reply = self._taken()
                yield letter, reply
                if reply.verdict not in ABOUT_ONE_LETTER or not self._goes_on(begin_by):
                    return
        except BaseException:
            self.drop()  # Not QUIT: within DATA that is a line of the mail.
            raise
        finally:
            if self._ahead:
                letters.appendleft(self._ahead)
                self.drop()

    def _goes_on(self, begin_by: float) -> bool:
        return self.serves and (self._ahead is not None or time.monotonic() < begin_by)

    def is_quiet(self) -> bool:
        """Whether the line is open and the relay said nothing unasked; never waits."""
        return self._open and not self._replies.has_news()

    def answers(self) -> bool:
        """Whether the relay is still there, asked with NOOP."""
        try:
            self._pen.write(b"NOOP\r\n", self._patience.quit)
            return self._replies.next(self._patience.quit)[0] in SUCCESS
        except OSError:
            return False

    def hang_up(self) -> None:
        """Say goodbye and close. Never raises: a rude answer to QUIT does not unsay a 250."""
        if self._open:
            with contextlib.suppress(OSError):
                self._pen.write(b"QUIT\r\n", self._patience.quit)
                self._replies.next(self._patience.quit)
        self.drop()

    def drop(self) -> None:
        """Close at once; a mail whose final dot was not sent is then discarded (RFC 5321 §4.1.1.4)."""
        self._open = False
        with contextlib.suppress(OSError):
            self._connection.close()

    def _give(self, letter: Letter, letters: deque[Letter], begin_by: float, until: float) -> Reply | None:
        """The whole letter; the reply that ended it early, or None when its final dot is out."""
        self.room -= 1
        try:
            return self._begin(letter) or self._hand(letter, self._after(letters, begin_by), until)
        except OSError as lost:
            return self._lose(lost)

    def _taken(self) -> Reply:
        try:
            return _reply_to_dot(*self._hear(self._steps.dot))
        except OSError as lost:
            return self._lose(lost)

    def _lose(self, lost: OSError) -> Reply:
        self.drop()
        return unanswered(self._step.phase, lost)

    def _after(self, letters: deque[Letter], begin_by: float) -> Letter | None:
        """The letter whose envelope may follow the body in hand; None when there is none, or no time for it."""
        fits = self._pipelines and self.serves and time.monotonic() < begin_by
        return letters.popleft() if fits and letters else None

    def _begin(self, letter: Letter) -> Reply | None:
        """MAIL, RCPT and DATA; the reply that ended the letter early, or None when its body may follow."""
        ahead, self._ahead, refusal = self._ahead, None, None
        steps, commands = self._envelope(letter) if ahead is None else (self._steps.envelope, ())
        if self._pipelines and commands:
            self._write(steps[0], b"".join(commands))
        for number, step in enumerate(steps):
            if not self._pipelines:
                self._write(step, commands[number])
            code, text = self._hear(step)
            if code in REFUSAL:
                refusal = refusal or Reply(step.phase, code, text)
            elif refusal and code in GO_AHEAD:
                self._send_nothing()
            if refusal and not (self._pipelines and self._open):
                break
        self._must_reset = refusal is not None and refusal.phase is not Phase.MAIL
        return refusal

    def _envelope(self, letter: Letter) -> tuple[tuple[Step, ...], tuple[bytes, ...]]:
        steps, commands = self._steps.envelope, envelope_commands(letter.envelope)
        return ((self._steps.reset, *steps), (RESET, *commands)) if self._must_reset else (steps, commands)

    def _send_nothing(self) -> None:
        """To a relay that wants the body of a letter it has refused (RFC 2920 §3.1)."""
        try:
            self._write(self._steps.dot, FINAL_DOT)
            self._hear(self._steps.dot)
        except OSError:
            self.drop()  # The letter was refused all the same.

    def _hand(self, letter: Letter, following: Letter | None, until: float) -> Reply | None:
        """Body and final dot, and behind them the envelope of the next letter; None when they are out."""
        self._ahead, data, dot = following, self._steps.envelope[-1], self._steps.dot
        self._step = data
        if self._replies.overheard:
            return self._last_words(data, ConnectionError("the relay broke off before the body"))
        behind = b"".join(envelope_commands(following.envelope)) if following else b""
        words = b"".join((*travelling(letter), behind))
        try:
            self._pen.write(words, self._patience.block, until)
        except OSError as lost:
            return self._last_words(dot if self._pen.gone >= len(words) - len(behind) else data, lost)
        self._step = dot
        return None

    def _write(self, step: Step, words: bytes) -> None:
        self._step = step
        if self._replies.overheard:
            raise OutOfStep("the relay spoke before it was asked")
        self._pen.write(words, step.patience)

    def _hear(self, step: Step) -> tuple[int, str]:
        """The next reply, which must fit this step."""
        self._step = step
        code, text = self._replies.next(step.patience)
        if code not in step.welcome:
            self._be_refused(step, code)
        return code, text

    def _be_refused(self, step: Step, code: int) -> None:
        if code not in step.refusal:
            raise OutOfStep(f"the relay answered {code} to {step.phase}")
        self._refusals += 1
        if code == CLOSING:
            self.drop()

    def _last_words(self, step: Step, lost: OSError) -> Reply:
        # A relay that breaks off in the body often says why first (552 too big, 421 shutting down).
        try:
            code, text = self._replies.next(_LAST_WORDS)
        except OSError:
            code, text = 0, ""
        self.drop()
        fits = code in REFUSAL or (step is self._steps.dot and code in SUCCESS)
        return Reply(step.phase, code, text) if fits else unanswered(step.phase, lost)


# Most letters get the same answer.
@lru_cache(maxsize=256)
def _reply_to_dot(code: int, text: str) -> Reply:
    return Reply(Phase.DOT, code, text)


def _announced_size(connection: smtplib.SMTP) -> int:
    announced = connection.esmtp_features.get("size", "")
    return int(announced) if announced.isdecimal() else 0
