"""Where the relay is, how we may speak to it, and how long we wait for its answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from worker.adapters.respite import ENDLESS, Respite


class Tls(StrEnum):
    """How the line is protected. All but `none` and `opportunistic` check the relay's certificate."""

    NONE = "none"
    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    OPPORTUNISTIC = "opportunistic"


@dataclass(frozen=True, slots=True)
class Patience:
    """Real seconds we wait at each step; from `greeting` to `dot` the least that RFC 5321 §4.5.3.2 asks of a client."""

    connect: float = 30.0
    greeting: float = 300.0
    mail: float = 300.0
    rcpt: float = 300.0
    data: float = 120.0
    block: float = 180.0
    #: Not shorter: hanging up on a relay that has the mail makes a doubt of every slow acceptance (RFC 1047).
    dot: float = 600.0
    #: After a gate: no final dot leaves later than this, and no letter is begun in the second half of it. So the
    #: gate's lease, which is longer by `dot`, never ends while a worker that lives waits for a reply.
    gate: float = 120.0
    quit: float = 5.0
    #: What bounds them all: nobody waits longer than until this process has to leave.
    respite: Respite = ENDLESS


@dataclass(frozen=True, slots=True)
class RelayAddress:
    """One submission relay. The password never shows in a repr.

    `ca_file` is a PEM file of the only authorities to trust, instead of the system's; `local_hostname` is our name
    in EHLO ("" = the machine's own); after `letters_per_line` letters a new connection is opened.
    """

    host: str
    port: int
    tls: Tls = Tls.STARTTLS
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    local_hostname: str = ""
    letters_per_line: int = 100
    patience: Patience = Patience()

    @property
    def needs_starttls(self) -> bool:
        """Whether a relay without STARTTLS must be left; a password never follows a line anyone could have stripped."""
        return self.tls is Tls.STARTTLS or (self.tls is Tls.OPPORTUNISTIC and bool(self.username))

    @property
    def checks_certificate(self) -> bool:
        """Whether the relay must prove who it is: always, unless any encryption is better than none (RFC 7435)."""
        return self.tls is Tls.IMPLICIT or self.needs_starttls
