"""Headers of mails that others wrote (RFC 2047): whatever they are, there is something to show."""

from __future__ import annotations

from email.errors import MessageError
from email.header import decode_header, make_header


def decoded_header(value: str) -> str:
    """A header's value as the parser gave it, unfolded and decoded; as written where RFC 2047 was broken."""
    written = " ".join(value.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())
    try:
        return printable(str(make_header(decode_header(written))))
    except (ValueError, LookupError, MessageError):
        return printable(written)


def printable(text: str) -> str:
    """The text without lone surrogates (UTF-7 can make them): they could not be written into a page."""
    return text.encode("utf-8", "replace").decode("utf-8")
