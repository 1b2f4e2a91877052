"""DKIM signatures (RFC 6376, RFC 8463): relaxed/relaxed, the whole body, headers signed once more than they stand.

The extra name in `h=` means "and no further one" (RFC 6376 §8.15): without it anybody may put a second Subject in
front of a signed mail and it still verifies (measured with dkimpy and Mail::DKIM).
"""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

from worker.domain.facts import Facts
from worker.domain.message import Letter, MessageKey

#: Signed, and protected against being added: what a reader or a robot acts on.
OVERSIGNED = (
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "mime-version",
    "content-type",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "feedback-id",
)

#: Signed where they stand.
SIGNED = ("content-transfer-encoding", "auto-submitted", "list-id", "references", "in-reply-to")

_BLANKS = re.compile(rb"[ \t]+")
_FOLD = re.compile(rb"\r\n(?=[ \t])")
_LINE = 70


@dataclass(frozen=True, slots=True)
class Signer:
    """One key under one selector of a domain, as published at `<selector>._domainkey.<domain>`."""

    domain: str
    selector: str
    key: RSAPrivateKey | Ed25519PrivateKey = field(repr=False)

    @property
    def algorithm(self) -> str:
        """The `a=` of its signatures."""
        return "rsa-sha256" if isinstance(self.key, RSAPrivateKey) else "ed25519-sha256"

    def sign(self, digest: bytes) -> bytes:
        """The signature of a SHA-256 digest; Ed25519 signs the digest itself (RFC 8463 §3)."""
        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(digest, PKCS1v15(), Prehashed(SHA256()))
        return self.key.sign(digest)


def signed(letter: Letter, signers: Sequence[Signer], at: datetime) -> Letter:
    """The letter with one DKIM-Signature in front for each signer; `at` is when, to the second.

    The same letter, signers and moment give the same bytes: neither algorithm draws random numbers.
    """
    if not signers:
        return letter
    content = letter.content
    head, _, body = content.partition(b"\r\n\r\n")
    fields, body_hash = _fields(head), base64.b64encode(sha256(relaxed_body(body)).digest()).decode()
    signatures = (_signature(signer, fields, body_hash, at) for signer in signers)
    return replace(letter, pieces=(*signatures, content))


class Composer(Protocol):
    """Whoever writes the letters that are to be signed."""

    def compose(self, key: MessageKey, facts: Facts, at: datetime) -> Letter:
        """One letter."""


class SigningComposer:
    """`ports.Composer`: what another composer writes, signed with the moment it is dated."""

    def __init__(self, composer: Composer, signers: Sequence[Signer]) -> None:
        """Sign with each of these keys, the first in front."""
        self._composer, self._signers = composer, tuple(signers)

    def compose(self, key: MessageKey, facts: Facts, at: datetime) -> Letter:
        """The letter with its signatures. Raises ComposeFailed as the composer does."""
        return signed(self._composer.compose(key, facts, at), self._signers, at)


def _signature(signer: Signer, fields: Sequence[tuple[str, bytes]], body_hash: str, at: datetime) -> bytes:
    names, covered = _covered(fields)
    tags = (
        f"v=1; a={signer.algorithm}; c=relaxed/relaxed; d={signer.domain}; s={signer.selector};",
        f"t={int(at.timestamp())};",
        *_wrapped(f"h={':'.join(names)};", ":"),
        f"bh={body_hash};",
        "b=",
    )
    unsigned = "DKIM-Signature: " + "\r\n ".join(tags)
    text = covered + relaxed_field(unsigned.encode()).removesuffix(b"\r\n")
    value = base64.b64encode(signer.sign(sha256(text).digest())).decode()
    lines = (value[start : start + _LINE] for start in range(0, len(value), _LINE))
    return (unsigned + "\r\n ".join(lines) + "\r\n").encode()


def _covered(fields: Sequence[tuple[str, bytes]]) -> tuple[list[str], bytes]:
    """The names of `h=`, and what they stand for; of several with one name the last stands first (§5.4.2)."""
    standing: dict[str, list[bytes]] = defaultdict(list)
    for name, text in fields:
        standing[name].append(text)
    names, covered = [], []
    for name in (*OVERSIGNED, *SIGNED):
        found = standing[name]
        names += [name] * (len(found) + (name in OVERSIGNED))
        covered += [relaxed_field(text) for text in reversed(found)]
    return names, b"".join(covered)


def _fields(head: bytes) -> list[tuple[str, bytes]]:
    """Each header field with its name in small letters, folds still in it."""
    unfolded = re.split(rb"\r\n(?![ \t])", head)
    return [(field.partition(b":")[0].strip().decode("ascii").lower(), field) for field in unfolded if field]


def relaxed_field(text: bytes) -> bytes:
    """RFC 6376 §3.4.2: name in small letters, unfolded, one blank for many, none at the ends."""
    name, _, value = text.partition(b":")
    plain = _BLANKS.sub(b" ", _FOLD.sub(b"", value)).strip()
    return name.strip().lower() + b":" + plain + b"\r\n"


def relaxed_body(body: bytes) -> bytes:
    """RFC 6376 §3.4.4: one blank for many, none at the end of a line, no empty lines at the end."""
    body = body.replace(
        b"\t", b" "
    )  # not one regular expression: that one meets every blank, and costs as much as RSA
    while b"  " in body:
        body = body.replace(b"  ", b" ")
    stripped = body.replace(b" \r\n", b"\r\n").removesuffix(b" ").rstrip(b"\r\n")
    return stripped + b"\r\n" if stripped else b""


def _wrapped(text: str, separator: str) -> list[str]:
    """The text in lines of moderate length, each but the last ending after a separator."""
    lines, line = [], ""
    for piece in re.findall(rf"[^{separator}]*{separator}|[^{separator}]+\Z", text):
        if len(line) + len(piece) > _LINE:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line]
