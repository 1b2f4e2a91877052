"""A real SMTP server for tests: it keeps what it accepts, and misbehaves exactly as told.

>>> with Relay(Rule(Moment.RCPT, "450 4.7.1 greylisted", to="ana@example.org", times=1)) as relay:
...     hand_over(relay.host, relay.port)
...     assert [mail.rcpt_to for mail in relay.mails] == ["ana@example.org"]
"""

from __future__ import annotations

import queue
import socket
import threading
from collections import Counter
from contextlib import suppress
from typing import Self

from tests.relay_script import PASSWORD, PIPELINING, USERNAME, Certificate, Deed, Mail, Moment, Offers, Rule
from tests.relay_session import CutOff, Session

__all__ = [
    "PASSWORD",
    "PIPELINING",
    "USERNAME",
    "Certificate",
    "Deed",
    "Mail",
    "Moment",
    "Offers",
    "Relay",
    "Rule",
]


class Relay:
    """The server, on a free port of loopback while its `with` block lasts; a later one may take the same port.

    `mails` in order of acceptance, `commands` as heard on all connections (verbs in capitals), `fragments`
    are bodies whose final dot never came; `connections` and `transactions` are counted. `offences` are commands
    that came before their time (RFC 2920 §3.1); a `with` block in which there were any fails.
    """

    host = "127.0.0.1"

    def __init__(self, *rules: Rule, offers: Offers | None = None, port: int = 0) -> None:
        """Take the rules; of several that apply, the first wins."""
        self.rules, self.offers, self.port = rules, offers or Offers(), port
        self.mails: list[Mail] = []
        self.commands: list[str] = []
        self.fragments: list[bytes] = []
        self.offences: list[str] = []
        self.connections = self.transactions = 0
        self._applied: Counter[int] = Counter()
        self._deeds: queue.Queue[Rule] = queue.Queue()
        self._lock = threading.Lock()
        self._sessions: set[Session] = set()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        """Listen; `port` is known from here on."""
        self._door = socket.create_server((self.host, self.port))
        self.port = self._door.getsockname()[1]
        self._start(threading.Thread(target=self._welcome, daemon=True))
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        """Cut every line and stop; AssertionError when a client did not obey the protocol."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for session in list(self._sessions):
            with suppress(OSError):
                session.line.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(timeout=5)
        assert failure or not self.offences, self.offences

    def await_deed(self) -> Rule:
        """Wait until a rule has been carried out, and give it; each time is given once."""
        return self._deeds.get(timeout=5)

    def rule(self, moment: Moment, *, to: str = "") -> Rule | None:
        """The first rule that applies now, counted as applied."""
        with self._lock:
            for number, rule in enumerate(self.rules):
                if rule.at is moment and self._applies(number, rule, to):
                    self._applied[number] += 1
                    return rule
        return None

    def done(self, rule: Rule) -> None:
        """Tell whoever waits that the rule was carried out."""
        self._deeds.put(rule)

    def count_transaction(self) -> None:
        """Count a MAIL command."""
        with self._lock:
            self.transactions += 1

    def _applies(self, number: int, rule: Rule, to: str) -> bool:
        if rule.times and self._applied[number] >= rule.times:
            return False
        return rule.to in ("", to) and rule.nth in (0, self.transactions)

    def _start(self, thread: threading.Thread) -> None:
        self._threads.append(thread)
        thread.start()

    def _welcome(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._door.accept()
                self.connections += 1
                session = Session(self, line, self.connections)
                self._sessions.add(session)
                self._start(threading.Thread(target=self._serve, args=(session,), daemon=True))

    def _serve(self, session: Session) -> None:
        with suppress(OSError, CutOff):
            session.run()
        session.close()
        self._sessions.discard(session)
