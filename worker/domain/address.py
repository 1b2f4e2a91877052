"""A mail address: split, fold for comparison, mask for a screen."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from worker.domain.errors import InvalidAddress

#: RFC 1035 §2.3.4.
_LONGEST_LABEL = 63


def normalise(address: str) -> str:
    """The form under which two spellings are one mailbox: NFC, trimmed, lower-case, IDNA domain.

    RFC 5321 §2.4 lets a host tell upper from lower case in the local part; no known mailbox
    provider does, and people type their own address in both. Raises InvalidAddress.
    """
    local, at, domain = unicodedata.normalize("NFC", address).strip().rpartition("@")
    if not at or not local or not domain:
        raise InvalidAddress(f"{address!r} is not an address: write name@domain")
    try:
        return f"{local.lower()}@{_ascii_domain(domain)}"
    except UnicodeError:
        raise InvalidAddress(f"{address!r} has a domain that cannot be written in DNS") from None


# Many people have their mailbox with one provider.
@lru_cache(maxsize=1024)
def _ascii_domain(domain: str) -> str:
    """IDNA 2008 as far as it is arithmetic (RFC 5891 §4.4): the standard library's "idna" is IDNA 2003.

    That one takes ß for ss, and so one person's domain for a stranger's (RFC 5894 §7.2). Whether a label may be
    registered at all is for who writes to it: `mail.headers.domain_name`. UnicodeError for what DNS has no form for.
    """
    # Letter by letter, as UTS 46 maps them: "aΣ".lower() would end in ς, which is another domain.
    lowered = "".join(letter.lower() for letter in unicodedata.normalize("NFKC", domain))
    folded = unicodedata.normalize("NFKC", lowered).replace("。", ".")
    labels = [_label(label) for label in folded.split(".")]
    if any(len(label) > _LONGEST_LABEL for label in labels) or not all(labels[:-1]):
        raise UnicodeError("a label is empty or too long")
    return ".".join(labels)


def _label(label: str) -> str:
    if label.isascii():
        return label
    label.encode()  # half a character has a Punycode, but no meaning
    return "xn--" + label.encode("punycode").decode("ascii")


def mask(address: str) -> str:
    """Enough for its owner to recognise, too little for anybody else: `z…@example.org`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


@dataclass(frozen=True, slots=True)
class Judged:
    """An address as somebody typed it: usable, or with what is wrong."""

    address: str
    problem: str
