"""The header writer: each header once, folded only where the RFCs allow, nothing injected.

Not `email.message`: Python 3.11's turns long List-Unsubscribe and References into RFC 2047 words, which breaks
one-click, and lets an encoded CRLF in a display name write headers of its own (both measured on 3.11.7).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from functools import cache, lru_cache
from urllib.parse import quote

import idna

from worker.domain.address import normalise
from worker.domain.errors import ComposeFailed, InvalidAddress
from worker.mail.encoded_word import phrase

#: RFC 5322 §2.1.1: lines must be within 998 characters, and should be within 78; RFC 2047 §2: within 76 where they
#: carry encoded-words. One width for all.
_WIDTH, _LIMIT = 76, 998
_NAME = re.compile(r"[!-9;-~]+\Z")
_DOT_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_INTERNATIONAL = re.compile(r"<(?:[!#-'*+\-./0-9=?A-Z^-~]|[^\x00-\x9f])+@[a-z0-9.-]+>\Z")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*\Z")


def header(name: str, words: Sequence[str]) -> bytes:
    """One header field with CRLF, folded between its words. ComposeFailed for what could not stand in one."""
    line = f"{name}: {' '.join(words)}"
    if not (
        (line.isascii() or _is_international(words))
        and line.isprintable()
        and words
        and all(words)
        and _is_name(name)
    ):
        raise ComposeFailed(f"the header {name} would carry characters that no header may carry")
    if len(line) <= _WIDTH:
        return f"{line}\r\n".encode()
    lines = _folded(name, words)
    if max(map(len, lines)) > _LIMIT:
        raise ComposeFailed(f"the header {name} has a word longer than {_LIMIT} characters")
    return "\r\n".join([*lines, ""]).encode()


def _is_international(words: Sequence[str]) -> bool:
    """Whether nothing but the address at the end is more than ASCII, as RFC 6532 §3.2 lets it be."""
    *before, last = words
    return all(word.isascii() for word in before) and _INTERNATIONAL.match(last) is not None


@cache
def _is_name(name: str) -> bool:
    return _NAME.match(name) is not None


def _folded(name: str, words: Sequence[str]) -> list[str]:
    lines, line = [], f"{name}: {words[0]}"
    for word in words[1:]:
        if len(line) + 1 + len(word) > _WIDTH:
            lines.append(line)
            line = f" {word}"
        else:
            line = f"{line} {word}"
    return [*lines, line]


# One mail says its recipient in a header, in the envelope and in the calendar.
@lru_cache(maxsize=256)
def addr_spec(address: str) -> str:
    """An address as it may stand in a header and an envelope: dot-atom local part, IDNA domain.

    ComposeFailed, without naming the address, when it needs SMTPUTF8 (RFC 6531) or is none.
    """
    spec = recipient_spec(address)
    if not spec.isascii():
        raise ComposeFailed("the address has letters that need SMTPUTF8: ask for an address in plain letters")
    return spec


@lru_cache(maxsize=256)
def recipient_spec(address: str) -> str:
    """The same of somebody we write to, whose relay may know SMTPUTF8: letters of any script before the @ stay."""
    local, _, domain = address.strip().rpartition("@")
    plain = local if local.isascii() else _plain_letters(local)
    # No character is more than four octets.
    if not _DOT_ATOM.match(plain) or (len(local) > 16 and len(local.encode()) > 64):
        raise ComposeFailed("the address has no name that a mailbox may have before the @: correct it")
    spec = f"{local}@{domain_name(domain)}"
    if len(spec) > 63 and len(spec.encode()) > 254:
        raise ComposeFailed("the address is longer than the 254 characters that servers take: correct it")
    return spec


def _plain_letters(local: str) -> str:
    """With a plain letter for each that RFC 6532 §3.2 adds to those of an atom: what is printed, and is no half."""
    return "".join("x" if not one.isascii() and one.isprintable() else one for one in local)


def mailto(address: str) -> str:
    """A mailto URI (RFC 6068 §2), which is ASCII."""
    spec = recipient_spec(address)
    if not spec.isascii():
        spec = _BEYOND_ASCII.sub(lambda letters: quote(letters[0]), spec)
    return f"mailto:{spec}"


@lru_cache(maxsize=1024)
def domain_name(text: str) -> str:
    """A domain as DNS has it: IDNA 2008, lower case. ComposeFailed, without naming it, when it is none."""
    try:
        domain = normalise(f"postmaster@{text}").rpartition("@")[2]
        if "xn--" in domain:
            idna.decode(domain, strict=True)
    except (InvalidAddress, idna.IDNAError) as error:
        raise ComposeFailed("the domain of the address cannot be written in DNS: correct it") from error
    if not _DOMAIN.match(domain):
        raise ComposeFailed("the domain of the address has characters that no domain may have: correct it")
    return domain


def mailbox(name: str, address: str) -> list[str]:
    """`Display Name <addr-spec>` (RFC 5322 §3.4) as words to fold between."""
    return named(name, addr_spec(address))


def named(name: str, spec: str) -> list[str]:
    """The same of an address that is an addr-spec already."""
    words = phrase(name) if name and not name.isspace() else ()
    return [*words, f"<{spec}>"] if any(words) else [f"<{spec}>"]


def date(moment: datetime) -> list[str]:
    """RFC 5322 §3.3 date-time with a numeric zone. TypeError for a naive moment: `-0000` tells no zone."""
    if moment.utcoffset() is None:
        raise TypeError("the date of a mail carries its zone")
    return format_datetime(moment).split(" ")


def angle_list(urls: Sequence[str]) -> list[str]:
    """`<url>, <url>` (RFC 2369 §2): folds only between items, never encoded, as RFC 8058's readers do not decode."""
    return [f"<{url}>{',' if place < len(urls) else ''}" for place, url in enumerate(urls, start=1)]
