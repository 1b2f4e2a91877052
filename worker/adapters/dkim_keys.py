"""DKIM keys from files, as settings name them: `selector:path of a PEM file`."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from worker.domain.errors import InvalidFile
from worker.mail.dkim import Signer

_KEY = "the private key of a DKIM selector"
_MAKE_ONE = (
    "make one with: openssl genrsa -out dkim.pem 2048 (or: openssl genpkey -algorithm ed25519 -out dkim.pem)"
)

#: RFC 8301 §3.2: shorter RSA keys are not to be trusted by whoever verifies.
_SHORTEST_RSA = 1024


def read_signer(domain: str, named: str) -> Signer:
    """The signer of one entry of `APRES_DKIM_KEYS`; InvalidFile says what is wrong and how to make a key."""
    selector, _, path = named.partition(":")
    if not selector or not path:
        raise InvalidFile(
            file="APRES_DKIM_KEYS",
            line=None,
            key=named,
            value=None,
            remedy="write selector:path of the key's file",
        )
    return Signer(domain, selector, _read(Path(path)))


def _read(file: Path) -> RSAPrivateKey | Ed25519PrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        remedy = f"it cannot be read as PEM without a password; {_MAKE_ONE}"
        raise InvalidFile(file=str(file), line=None, key=_KEY, value=None, remedy=remedy) from error
    if isinstance(key, RSAPrivateKey) and key.key_size >= _SHORTEST_RSA:
        return key
    if isinstance(key, Ed25519PrivateKey):
        return key
    remedy = f"it is neither RSA of at least {_SHORTEST_RSA} bits nor Ed25519; {_MAKE_ONE}"
    raise InvalidFile(file=str(file), line=None, key=_KEY, value=None, remedy=remedy)
