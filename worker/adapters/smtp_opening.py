"""Opening a connection to the relay: greeting, EHLO, STARTTLS, AUTH; smtplib speaks them."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from worker.adapters.relay_address import RelayAddress, Tls
from worker.adapters.respite import CutShort
from worker.adapters.smtp_dialogue import Dialogue
from worker.adapters.smtp_replies import without_addresses
from worker.domain.reply import Phase, Reply


def open_dialogue(address: RelayAddress) -> Dialogue | Reply:
    """A line ready for letters, or the reply that says why there is none. Never raises for what the world does.

    Where TLS is asked for and not to be had, neither password nor mail leaves. A stop ends it at once.
    """
    try:
        with address.patience.respite.breakable():
            return _open(address)
    except CutShort as stopped:
        return Reply(Phase.GATE, text=str(stopped))


def _open(address: RelayAddress) -> Dialogue | Reply:
    connection = _Connection(address)
    refusal = (
        _try(Phase.CONNECT, connection.open)
        or _try(Phase.CONNECT, connection.ehlo_or_helo_if_needed)
        or _secure(connection, address)
        or _log_in(connection, address)
    )
    if refusal or connection.sock is None:
        connection.close()
        return refusal or Reply(Phase.CONNECT, text="the relay hung up")
    return Dialogue(connection, connection.sock, address.patience, address.letters_per_line)


class _Connection(smtplib.SMTP):
    """smtplib on a socket of ours: with our waits, without Nagle's delay, encrypted from the start when told so."""

    def __init__(self, address: RelayAddress) -> None:
        super().__init__(local_hostname=address.local_hostname or None)
        self._address = address
        # starttls() takes the name to verify from here, and only the connecting constructor would fill it in.
        self._host = address.host

    def open(self) -> None:
        """Connect and hear the greeting; SMTPConnectError when it is not 220."""
        code, text = self.connect(self._address.host, self._address.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, text)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 (smtplib's own hook)
        patience = self._address.patience
        line = socket.create_connection((host, port), patience.connect)
        # Body and final dot are two writes: with Nagle 43 ms a mail over TLS (research: performance §3).
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        line.settimeout(patience.greeting)
        if self._address.tls is Tls.IMPLICIT:
            return _context(self._address).wrap_socket(line, server_hostname=host)
        return line


def _secure(connection: _Connection, address: RelayAddress) -> Reply | None:
    if address.tls in (Tls.NONE, Tls.IMPLICIT):
        return None
    if connection.has_extn("starttls"):
        return _try(Phase.CONNECT, lambda: connection.starttls(context=_context(address))) or _try(
            Phase.CONNECT, connection.ehlo_or_helo_if_needed
        )
    if address.needs_starttls:
        return Reply(Phase.CONNECT, text="TLS is required and the relay offers no STARTTLS: nothing was sent")
    return None


def _log_in(connection: _Connection, address: RelayAddress) -> Reply | None:
    if not address.username:
        return None
    if not connection.has_extn("auth"):
        return Reply(Phase.AUTH, 504, "5.5.4 a username is set and the relay offers no AUTH")
    if not (address.username + address.password).isascii():
        # smtplib sends ASCII only; a traceback here would stop the worker, not the relay.
        return Reply(Phase.AUTH, 535, "5.7.8 username and password must be ASCII")
    return _try(Phase.AUTH, lambda: connection.login(address.username, address.password))


def _try(phase: Phase, step: Callable[[], object]) -> Reply | None:
    """None when the step went well, else what the relay said, or code 0 for a lost line. A stop goes through."""
    try:
        step()
    except smtplib.SMTPResponseException as refused:
        return _refusal(phase, refused)
    except smtplib.SMTPServerDisconnected as lost:
        return Reply(Phase.CONNECT, text=str(lost))
    except smtplib.SMTPException as unusable:
        return Reply(phase, 504, f"5.5.4 {unusable}")
    except (OSError, UnicodeError) as lost:  # UnicodeError: a host name that IDNA cannot write.
        return Reply(Phase.CONNECT, text=str(lost))
    return None


def _refusal(phase: Phase, refused: smtplib.SMTPResponseException) -> Reply:
    words = refused.smtp_error
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    code = refused.smtp_code if 200 <= refused.smtp_code < 600 else 0
    # A passing failure of AUTH (454) is a relay that is down for a while, not a wrong password.
    where = phase if code >= 500 else Phase.CONNECT
    return Reply(where, code, without_addresses(" ".join(text.split())))


def _context(address: RelayAddress) -> ssl.SSLContext:
    return _strict_context(address.ca_file) if address.checks_certificate else _lenient_context()


@lru_cache(maxsize=8)
def _strict_context(ca_file: Path | None) -> ssl.SSLContext:
    # Kept: reading the system's authorities takes longer than the rest of the handshake.
    return ssl.create_default_context(cafile=ca_file)


@lru_cache(maxsize=1)
def _lenient_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
