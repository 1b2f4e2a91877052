"""One connection's half of the dialogue, as the scripted relay speaks it (RFC 5321 §3)."""

from __future__ import annotations

import base64
import socket
import struct
import threading
from contextlib import suppress
from typing import Protocol

from tests.relay_script import PASSWORD, USERNAME, Certificate, Deed, Mail, Moment, Offers, Rule
from tests.relay_words import Words


class Desk(Protocol):
    """What a session asks of the relay it belongs to."""

    offers: Offers
    mails: list[Mail]
    commands: list[str]
    fragments: list[bytes]
    offences: list[str]

    def rule(self, moment: Moment, *, to: str = "") -> Rule | None:
        """The first rule that applies now, counted as applied."""

    def done(self, rule: Rule) -> None:
        """The rule was carried out."""

    def count_transaction(self) -> None:
        """A MAIL command came."""


class CutOff(Exception):
    """The session is over by order of a rule."""


class Session:
    """Greets, then answers command after command until QUIT."""

    def __init__(self, desk: Desk, line: socket.socket, number: int) -> None:
        self.desk, self.line, self.number = desk, line, number
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.words = Words(line)
        self.mail_from: str | None = None
        self.rcpt_to: str | None = None
        self.secure = self.known = False

    def run(self) -> None:
        """Serve until the line ends; OSError and CutOff mean that it did."""
        if self.desk.offers.implicit_tls:
            self._encrypt(self.desk.offers.implicit_tls)
        verb = "" if self._answer(Moment.CONNECT, "220 relay.example.org ESMTP") else "QUIT"
        while verb != "QUIT" and (command := self.words.readline()):
            text = command.decode("utf-8", "replace").strip()
            verb, _, rest = text.partition(" ")
            verb = verb.upper()
            self.desk.commands.append(f"{verb} {rest}".strip())
            self._watch(verb)
            getattr(self, f"_on_{verb.lower()}", self._on_unknown)(text)

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self.line.close()

    def _watch(self, verb: str) -> None:
        """Nobody says more before this command is answered, unless it may stand within a group (RFC 2920 §3.1)."""
        grouped = self.desk.offers.pipelining and verb in {"MAIL", "RCPT", "RSET"}
        if not grouped and self.words.more_came():
            self.desk.offences.append(f"more was said before {verb} was answered")

    def _on_ehlo(self, _: str) -> None:
        *lines, last = ["relay.example.org", *self.desk.offers.lines(secure=self.secure)]
        self._answer(Moment.EHLO, "\r\n".join([*(f"250-{line}" for line in lines), f"250 {last}"]))

    def _on_helo(self, _: str) -> None:
        self._say("250 relay.example.org")

    def _on_starttls(self, _: str) -> None:
        if self.desk.offers.starttls is None:
            self._say("502 5.5.1 not here")
        elif self._answer(Moment.STARTTLS, "220 2.0.0 go ahead"):
            self._encrypt(self.desk.offers.starttls)

    def _on_auth(self, command: str) -> None:
        mechanism, *first = command.split(" ")[1:]
        if mechanism == "PLAIN":
            self.known = first == [_b64(f"\0{USERNAME}\0{PASSWORD}")]
        else:
            name = first[0] if first else self._ask("Username:")
            self.known = [name, self._ask("Password:")] == [_b64(USERNAME), _b64(PASSWORD)]
        self._answer(
            Moment.AUTH, "235 2.7.0 welcome" if self.known else "535 5.7.8 wrong username or password"
        )

    def _on_mail(self, command: str) -> None:
        self.desk.count_transaction()
        if self.desk.offers.auth and not self.known:
            self._say("530 5.7.0 authentication required")
        elif self.mail_from is not None:
            self._say("503 5.5.1 nested MAIL command")
        elif self._answer(Moment.MAIL, "250 2.1.0 ok"):
            self.mail_from = _path(command)

    def _on_rcpt(self, command: str) -> None:
        if self.mail_from is None:
            self._say("503 5.5.1 MAIL first")
        elif self._answer(Moment.RCPT, "250 2.1.5 ok", to=_path(command)):
            self.rcpt_to = _path(command)

    def _on_data(self, _: str) -> None:
        if self.rcpt_to is None and not self.desk.offers.eager:
            self._say("503 5.5.1 RCPT first")
        elif self._answer(Moment.DATA, "354 go ahead", to=self.rcpt_to or ""):
            self._take(self.rcpt_to or "")

    def _take(self, rcpt_to: str) -> None:
        if rule := self.desk.rule(Moment.BODY, to=rcpt_to):
            self._carry_out(rule)
        lines: list[bytes] = []
        while (line := self.words.readline()) != b".\r\n":
            if not line:
                self.desk.fragments.append(b"".join(lines))
                raise CutOff
            lines.append(line.removeprefix(b"."))
        mail = Mail(self.mail_from or "", rcpt_to, b"".join(lines), self.number)
        self.mail_from = self.rcpt_to = None
        if rcpt_to:
            self._answer_the_dot(mail)
        else:
            self._say("554 5.5.1 no valid recipients")

    def _answer_the_dot(self, mail: Mail) -> None:
        rule = self.desk.rule(Moment.DOT, to=mail.rcpt_to)
        if rule is None or isinstance(rule.do, Deed) or rule.goes_on:
            self.desk.mails.append(mail)
        if rule is None:
            self._say("250 2.0.0 queued")
        else:
            self._carry_out(rule)

    def _on_rset(self, _: str) -> None:
        self.mail_from = self.rcpt_to = None
        self._answer(Moment.RSET, "250 2.0.0 ok")

    def _on_noop(self, _: str) -> None:
        self._say("250 2.0.0 ok")

    def _on_quit(self, _: str) -> None:
        self._answer(Moment.QUIT, "221 2.0.0 bye")

    def _on_unknown(self, _: str) -> None:
        self._say("500 5.5.2 what?")

    def _answer(self, moment: Moment, usual: str, *, to: str = "") -> bool:
        """Do as the rule for this moment says, or else as usual; whether the command went well."""
        rule = self.desk.rule(moment, to=to)
        if rule is None:
            self._say(usual)
            return usual[0] in "23"
        self._carry_out(rule)
        return rule.goes_on

    def _carry_out(self, rule: Rule) -> None:
        if rule.after:
            threading.Event().wait(rule.after)
        if isinstance(rule.do, str):
            self._say(rule.do)
        if rule.do is Deed.SLAM:
            self.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.line.close()
            self.desk.done(rule)
            raise CutOff
        if rule.ends_the_line and rule.do is not Deed.STALL:
            # Only our half: closing with the body unread would reset the line and swallow our last reply.
            self.line.shutdown(socket.SHUT_WR)
        self.desk.done(rule)
        if rule.ends_the_line:
            self._hear_out()
            raise CutOff

    def _hear_out(self) -> None:
        """Say nothing more, until the other side leaves."""
        while self.line.recv(65536):
            continue

    def _encrypt(self, certificate: Certificate) -> None:
        self.line = certificate.context().wrap_socket(self.line, server_side=True)
        self.words, self.secure = Words(self.line), True

    def _ask(self, question: str) -> str:
        self._say(f"334 {_b64(question)}")
        return self.words.readline().decode().strip()

    def _say(self, reply: str) -> None:
        words = f"{reply}\r\n".encode()
        size = 1 if self.desk.offers.drips else len(words)
        for start in range(0, len(words), size):
            self.line.sendall(words[start : start + size])


def _path(command: str) -> str:
    return command.partition("<")[2].partition(">")[0]


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
