"""The SMTP side of the local inbox: whatever is accepted is on disk, once per recipient, before the 250."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial

from aiosmtpd.smtp import SMTP, Envelope, Session

from worker.adapters.inbox_behaviour import Behaviour, Ending
from worker.adapters.inbox_maildir import Maildir

#: Nothing we compose comes near; a mail that does not fit is refused with 552.
_LARGEST = 32 * 1024 * 1024


def smtp_protocol(maildir: Maildir, behaviour: Behaviour) -> Callable[[], asyncio.BaseProtocol]:
    """What an event loop needs to listen (`loop.create_server`): one protocol for each connection.

    No TLS and no authentication, so it belongs on loopback.
    """
    # aiosmtpd logs every command, and with it addresses, below this level.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    handler = InboxHandler(maildir, behaviour)
    return partial(
        SMTP, handler, hostname="inbox", ident="local inbox", data_size_limit=_LARGEST, enable_SMTPUTF8=True
    )


class InboxHandler:
    """Answers for the mailboxes of everybody. The method names are aiosmtpd's hooks."""

    def __init__(self, maildir: Maildir, behaviour: Behaviour) -> None:
        """Keep mail in this Maildir and play this behaviour."""
        self._maildir, self._behaviour = maildir, behaviour

    async def handle_EHLO(  # noqa: N802 - the hook's name and shape
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Offer PIPELINING (RFC 2920) too: aiosmtpd reads line by line and never drops what came early."""
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", *responses[-1:]]

    async def handle_RCPT(  # noqa: N802 - the hook's name and shape
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Accept everybody whom the behaviour does not refuse."""
        refusal = self._behaviour.refusal(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the hook's name
        """Keep one copy per recipient, then reply as the behaviour wants."""
        try:
            await asyncio.to_thread(self._keep, envelope)
        except OSError as error:
            return f"452 4.3.1 the inbox cannot keep mail now: {error.strerror}"
        ending = self._behaviour.ending(envelope.rcpt_tos)
        if ending is Ending.SLOW:
            await asyncio.sleep(self._behaviour.script.slow.total_seconds())
        if ending is Ending.CUT:
            await _cut(server)
        return "250 2.0.0 kept"

    def _keep(self, envelope: Envelope) -> None:
        for rcpt_to in envelope.rcpt_tos:
            self._maildir.keep(_trace(envelope.mail_from or "", rcpt_to) + (envelope.original_content or b""))


def _trace(mail_from: str, rcpt_to: str) -> bytes:
    """The envelope and the moment of arrival as first headers (RFC 5321 §4.4; Delivered-To: RFC 9228)."""
    arrived = format_datetime(datetime.now(UTC))
    lines = (
        f"Return-Path: <{mail_from}>",
        f"Delivered-To: {rcpt_to}",
        f"Received: by inbox (local inbox) with ESMTP; {arrived}",
    )
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape")


async def _cut(server: SMTP) -> None:
    """Close the line and wait for the end: losing its connection cancels aiosmtpd's session."""
    if server.transport is not None:
        server.transport.close()
    await asyncio.Event().wait()
