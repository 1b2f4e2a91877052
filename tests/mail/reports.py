"""Reports as mail servers send them, about a message of ours."""

from __future__ import annotations

from worker.domain.message import MessageKey
from worker.mail.tokens import return_path

KEY = MessageKey("cafe-12", "invitation", "anne")


def address_of(key: MessageKey, secret: bytes) -> str:
    """Where its bounces go."""
    return f"{return_path(key, [secret])}@bounce.example.org"


def dsn(
    to: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    diagnosis: str = "smtp; 550 5.1.1 user unknown",
    kind: str = "report-type=delivery-status; ",
    quoted: str = "",
) -> bytes:
    """RFC 3464, as Postfix writes it."""
    lines = [
        "Return-Path: <>",
        "From: MAILER-DAEMON@mx.example.net (Mail Delivery System)",
        f"To: {to}",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/report; {kind}boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "This is the mail system at host mx.example.net.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.net",
        "",
        "Final-Recipient: rfc822; anne@example.org",
        *([f"Action: {action}"] if action else []),
        f"Status: {status}",
        f"Diagnostic-Code: {diagnosis}",
        "--b",
        "Content-Type: message/rfc822",
        "",
        quoted or "Subject: Invitation",
        "",
        "Bonjour",
        "--b--",
        "",
    ]
    return "\r\n".join(lines).encode()
