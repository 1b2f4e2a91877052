"""What a test tells the relay to do, and what the relay hands back."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum, auto
from pathlib import Path

USERNAME, PASSWORD = "apres", "parapluie"


class Moment(Enum):
    """Where in the dialogue a rule applies. BODY is while the body comes in, before the final dot."""

    CONNECT = auto()
    EHLO = auto()
    STARTTLS = auto()
    AUTH = auto()
    MAIL = auto()
    RCPT = auto()
    DATA = auto()
    BODY = auto()
    DOT = auto()
    RSET = auto()
    QUIT = auto()


class Deed(Enum):
    """What the relay does instead of replying.

    It cuts the line and still hears it out; slams it, so that what is under way is lost with a reset; stalls until
    the other side leaves; or skips this one reply. At DOT the mail has been kept before; at BODY it never is.
    """

    CUT = auto()
    SLAM = auto()
    STALL = auto()
    SKIP = auto()


@dataclass(frozen=True, slots=True)
class Rule:
    """At this moment do this: a reply line, or a deed.

    `to` limits it to one recipient (from RCPT on), `nth` to the relay's n-th transaction (from 1), `times` to so many
    applications (0 = always); `after` is a pause in real seconds before. A reply 421 cuts the line after it, and so
    does any reply at BODY, which comes out of turn. A reply at DOT that is not 2yz keeps nothing.
    """

    at: Moment
    do: str | Deed
    to: str = ""
    nth: int = 0
    times: int = 0
    after: float = 0.0

    @property
    def goes_on(self) -> bool:
        """Whether the command is answered well, only later or in other words."""
        return isinstance(self.do, str) and self.do[0] in "23"

    @property
    def ends_the_line(self) -> bool:
        """Whether nothing more is said on this connection."""
        if isinstance(self.do, Deed):
            return self.do is not Deed.SKIP
        return self.at is Moment.BODY or self.do.startswith("421")


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail the relay has taken: envelope, bytes without dot-stuffing, and the connection it came over (from 1)."""

    mail_from: str
    rcpt_to: str
    content: bytes
    connection: int

    def message(self) -> EmailMessage:
        """The content, parsed."""
        return message_from_bytes(self.content, policy=policy.default)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A self-signed certificate for localhost and 127.0.0.1, and its key, as PEM files."""

    cert: Path
    key: Path

    @classmethod
    def made_in(cls, folder: Path) -> Certificate:
        """Make one with the `openssl` command, which must be installed."""
        made = cls(folder / "cert.pem", folder / "key.pem")
        command = (
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
        )
        names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
        subprocess.run(
            [*command.split(), *names, "-keyout", made.key, "-out", made.cert],
            check=True,
            capture_output=True,
        )
        return made

    def context(self) -> ssl.SSLContext:
        """The server's side of TLS."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, self.key)
        return context


@dataclass(frozen=True, slots=True)
class Offers:
    """What the relay offers after EHLO; `auth` names the mechanisms, and makes AUTH a condition for MAIL.

    Whoever sees PIPELINING among the extensions may obey RFC 2920; everybody else waits for each reply. With `drips`
    the relay's replies come octet by octet, a packet each; an `eager` one wants a body even for no recipient.
    """

    starttls: Certificate | None = None
    implicit_tls: Certificate | None = None
    auth: str = ""
    extensions: tuple[str, ...] = ("SIZE 33554432", "8BITMIME")
    drips: bool = False
    eager: bool = False

    @property
    def pipelining(self) -> bool:
        """Whether commands may come in groups."""
        return "PIPELINING" in self.extensions

    def lines(self, *, secure: bool) -> list[str]:
        """The keywords of the EHLO reply."""
        starttls = ["STARTTLS"] if self.starttls and not secure else []
        auth = [f"AUTH {self.auth}"] if self.auth else []
        return [*self.extensions, *starttls, *auth]


#: What a relay says that takes commands in groups.
PIPELINING = Offers(extensions=("SIZE 33554432", "8BITMIME", "PIPELINING"))
